import type { Attempt } from '@hourglass/exams/model'
import { For, onMount, Show } from 'solid-js'
import { formatDateTime } from '../../lib/format'
import { t as common } from '../../messages/common'
import { t } from '../../messages/room'
import { Button, ButtonLink } from '../../parts/button'
import { Notice } from '../../parts/notice'
import { isAnswered } from './answered'
import type { Operation } from './engine/store'
import type { Room } from './room-state'
import { saveReceipts } from './save-receipts'
import './end-page.css'

/** After the end: what was stored and when, what was not, and what happens next. */
export function EndPage(props: { room: Room; ended: Attempt }) {
  let heading: HTMLHeadingElement | undefined
  onMount(() => {
    heading?.focus()
    document.title = common('app.title', { page: `${titleOf(props.ended)} · ${props.ended.title}` })
  })
  const asked = () => props.room.questions.filter(({ type }) => type !== 'description')
  const answered = () =>
    asked().filter(({ id }) => props.room.isStored(id) && isAnswered(props.room.state.answers.get(id))).length
  return (
    <div class="page page-text stack-wide room-end">
      <header class="stack">
        <h1 ref={heading} tabIndex={-1}>
          {titleOf(props.ended)}
        </h1>
        <p class="soft">{props.ended.title}</p>
      </header>
      <Show when={asked().length > 0 && props.ended.sealedAt}>
        {(sealedAt) => (
          <Notice meaning="stored">
            <p>{t('end.at', { time: formatDateTime(sealedAt()), answered: answered(), count: asked().length })}</p>
          </Notice>
        )}
      </Show>
      <Show when={props.room.state.unsent.length > 0}>
        <Unsent operations={props.room.state.unsent} />
      </Show>
      <section class="stack-tight">
        <h2>{t('end.next')}</h2>
        <p>{t('end.nextText')}</p>
      </section>
      <Show when={props.ended.snapshotDigest}>
        {(digest) => (
          <section class="stack-tight">
            <h2>{t('end.digest')}</h2>
            <p class="field-hint">{t('end.digestHint')}</p>
            <code class="room-digest">{digest()}</code>
          </section>
        )}
      </Show>
      <div class="stack-tight">
        <div class="row">
          <ButtonLink href="/" variant="primary">
            {t('end.home')}
          </ButtonLink>
          <Button icon="download" onClick={() => saveReceipts(props.room)}>
            {t('end.receipts')}
          </Button>
        </div>
        <p class="field-hint">{t('end.receiptsHint')}</p>
      </div>
    </div>
  )
}

function titleOf({ state, cause }: Attempt): string {
  if (state === 'abandoned') return t('end.abandoned')
  return t(cause === 'submitted' ? 'end.submitted' : cause === 'teacher' ? 'end.teacher' : 'end.deadline')
}

/** Nothing typed is thrown away: what the server did not take stands here, to be read and copied. */
function Unsent(props: { operations: Operation[] }) {
  return (
    <Notice meaning="attention" title={t('end.unsent')} role="alert">
      <p>{t('end.unsentText')}</p>
      <ul class="stack-tight">
        <For each={props.operations}>
          {(operation) => (
            <li>
              <pre class="room-unsent">{shownOf(operation)}</pre>
              <Show when={operation.refusal}>
                {(why) => <p class="field-hint">{t('place.refused', { why: why() })}</p>}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Notice>
  )
}

const shownOf = ({ response }: Operation): string => ('text' in response ? response.text : JSON.stringify(response))
