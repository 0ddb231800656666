import { useParams } from '@solidjs/router'
import { createResource, ErrorBoundary, onCleanup, Show } from 'solid-js'
import { t } from '../../messages/room'
import { Button } from '../../parts/button'
import { ErrorNotice } from '../../parts/notice'
import { Skeleton } from '../../parts/skeleton'
import { EndPage } from './end-page'
import './room.css'
import { enterRoom, type Room } from './room-state'
import { RoomView } from './room-view'

export { forgetSeats } from './engine/forget-seats'

/** The route of one attempt: opening, the room itself, or what came of it. */
export default function RoomPage() {
  const params = useParams<{ attemptId: string }>()
  let entered: Room | null = null
  // Entered once and left once: a resource gives the designed waiting and failing around it.
  const [room, { refetch }] = createResource(async () => {
    entered?.close()
    entered = await enterRoom(params.attemptId)
    return entered
  })
  onCleanup(() => entered?.close())
  return (
    <ErrorBoundary fallback={(error) => <Failure error={error} onRetry={() => location.reload()} />}>
      <Show when={!room.error} fallback={<Failure error={room.error} onRetry={() => refetch()} />}>
        <Show
          when={room()}
          fallback={
            <main class="page page-text">
              <h1 class="hidden-text">{t('loading')}</h1>
              <Skeleton />
            </main>
          }
        >
          {(entry) => (
            <Show when={entry().state.ended} fallback={<RoomView room={entry()} />}>
              {(ended) => (
                <main id="content">
                  <EndPage room={entry()} ended={ended()} />
                </main>
              )}
            </Show>
          )}
        </Show>
      </Show>
    </ErrorBoundary>
  )
}

function Failure(props: { error: unknown; onRetry: () => void }) {
  return (
    <main class="page page-text stack" id="content">
      <h1>{t('failed.title')}</h1>
      <ErrorNotice error={props.error} />
      <p>{t('failed.safe')}</p>
      <div>
        <Button variant="primary" onClick={() => props.onRetry()}>
          {t('failed.retry')}
        </Button>
      </div>
    </main>
  )
}
