import { createSignal, onCleanup, Show } from 'solid-js'
import { api, isApiError } from '../../lib/api'
import { formatNumber } from '../../lib/format'
import { createAction, createLoader } from '../../lib/load'
import { t } from '../../messages/admin'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { ErrorNotice, Notice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import { Told } from '../../parts/told'
import { type Parked, type ParkedAnswer, type ParkedEvent, parkedAddress, readParked } from './parked'
import './events.css'

// A service looks every half second for what is due.
const replayMs = 2_000

/** What the services could not take of each other's events: `/admin/events`. */
export default function EventsPage() {
  const loader = createLoader(
    () => 'parked',
    (_, signal) => readParked(signal),
  )
  const replay = createReplay(loader)
  return (
    <Page
      title={t('events.title')}
      lead={t('events.lead')}
      actions={
        <Button busy={loader.isLoading()} onClick={() => void loader.reload()}>
          {t('events.refresh')}
        </Button>
      }
    >
      <Told text={replay.told()?.text ?? ''} meaning={replay.told()?.isTaken ? 'stored' : 'attention'} />
      <Show when={replay.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      <Loaded of={loader} skeleton="rows">
        {(answer) => (
          <>
            <Unreachable of={answer()} />
            <Table
              caption={t('events.caption')}
              rows={answer().events}
              columns={columns(replay)}
              empty={
                <Show when={answer().unreachable.length === 0}>
                  <Empty title={t('events.empty')} icon="check-circle">
                    {t('events.emptyText')}
                  </Empty>
                </Show>
              }
            />
            <Show when={answer().events.length > 0}>
              <p class="soft measure">{t('events.replayEffect')}</p>
            </Show>
          </>
        )}
      </Loaded>
    </Page>
  )
}

type Replay = ReturnType<typeof createReplay>

/** Replays an event, waits for the service's try, and tells what came of it. */
function createReplay(loader: { reload: () => Promise<void>; data: () => ParkedAnswer | undefined }) {
  const [running, setRunning] = createSignal<string | null>(null)
  const [told, setTold] = createSignal<{ text: string; isTaken: boolean } | null>(null)
  const action = createAction()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const run = async (event: Parked) => {
    setTold(null)
    setRunning(keyOf(event))
    await action.run(async () => {
      await api.post<ParkedEvent>(`${parkedAddress(event.service)}/${event.id}/replay`)
      await new Promise((resolve) => {
        timer = setTimeout(resolve, replayMs)
      })
      await loader.reload()
      const isTaken = !loader.data()?.events.some((other) => keyOf(other) === keyOf(event))
      const words = { service: t(`service.${event.service}`), event: event.name }
      setTold({ text: t(isTaken ? 'events.taken' : 'events.again', words), isTaken })
    })
    setRunning(null)
  }
  return { run, told, error: action.error, isRunning: (event: Parked) => running() === keyOf(event) }
}

const keyOf = ({ service, consumer, id }: Parked): string => `${service} ${consumer} ${id}`

function Unreachable(props: { of: ParkedAnswer }) {
  const first = () => props.of.unreachable[0]?.error
  return (
    <Show when={props.of.unreachable.length > 0}>
      <Notice meaning="error" role="alert" title={t('events.unreachable')}>
        <p>
          {t('events.unreachableText', {
            services: new Intl.ListFormat('en').format(
              props.of.unreachable.map(({ service }) => t(`service.${service}`)),
            ),
            message: messageOf(first()),
          })}
        </p>
      </Notice>
    </Show>
  )
}

const messageOf = (error: unknown): string => (isApiError(error) ? error.message : '')

const columns = (replay: Replay): Column<Parked>[] => [
  {
    id: 'event',
    header: t('events.event'),
    isRowHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ name, service }) => (
      <span class="event-name">
        <code>{name}</code>
        <span class="event-service">{t('events.into', { service: t(`service.${service}`) })}</span>
      </span>
    ),
  },
  {
    id: 'replay',
    header: t('events.replay'),
    cell: (event) => (
      <Button
        size="small"
        busy={replay.isRunning(event)}
        aria-label={t('events.replayOf', { event: event.name, service: t(`service.${event.service}`) })}
        onClick={() => void replay.run(event)}
      >
        {t('events.replay')}
      </Button>
    ),
  },
  { id: 'state', header: t('events.state'), cell: (event) => <State of={event} replay={replay} /> },
  {
    id: 'tries',
    header: t('events.tries'),
    isNumeric: true,
    sortBy: ({ failures }) => failures,
    cell: ({ failures }) => formatNumber(failures),
  },
  {
    id: 'failed',
    header: t('events.failed'),
    sortBy: ({ firstFailedAt }) => firstFailedAt,
    cell: ({ firstFailedAt }) => (
      <span class="event-time">
        <Time at={firstFailedAt} show="relative" />
      </span>
    ),
  },
  {
    id: 'reason',
    header: t('events.reason'),
    cell: ({ reason, id, version }) => (
      <span class="event-reason">
        {reason}
        <code class="event-id">{t('events.id', { version, id })}</code>
      </span>
    ),
  },
]

function State(props: { of: Parked; replay: Replay }) {
  return (
    <Show when={!props.replay.isRunning(props.of)} fallback={<Tag meaning="kept">{t('events.replaying')}</Tag>}>
      <Show
        when={props.of.nextAttemptAt === null}
        fallback={
          <Tag meaning="kept" icon="clock">
            {t('events.retrying')}
          </Tag>
        }
      >
        <Tag meaning="attention" icon="warning">
          {t('events.parked')}
        </Tag>
      </Show>
    </Show>
  )
}
