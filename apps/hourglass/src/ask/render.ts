import type { Account } from './ask'
import type { Entry } from './entry'
import type { Sources } from './options'
import { sayClock, sayDay, saySeconds } from './say'

/** An account as people read it: one line for each entry, what explains it below, and where to look next. */
export function renderAccount(account: Account, sources: Sources): string {
  const { attemptId, entries, meanwhile, notes } = account
  const first = entries[0]?.at ?? 0
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [
    `Attempt ${attemptId}, ${sayDay(first)} (times of ${zone})`,
    '',
    ...entries.flatMap(renderEntry),
    '',
    ...(meanwhile.length > 0 ? ['Meanwhile, of everybody:', ...meanwhile.map((line) => `  ${line}`), ''] : []),
    ...(notes.length > 0 ? ['Not known here:', ...notes.map((line) => `  ${line}`), ''] : []),
    'Look further:',
    ...nextClicks(account, sources).map((line) => `  ${line}`),
  ].join('\n')
}

function renderEntry({ at, until, count, text, slowestMs, traceIds, because, kind }: Entry): string[] {
  const time = sayClock(at) === sayClock(until) || kind === 'gap' ? sayClock(at) : `${sayClock(at)}–${sayClock(until)}`
  const times = count > 1 ? `${count} × ` : ''
  const slowest = slowestMs === null ? '' : count > 1 ? `, the slowest ${sayMs(slowestMs)}` : `, ${sayMs(slowestMs)}`
  const trace = traceIds[0] ? `  trace ${traceIds[0]}` : ''
  return [
    `${time.padEnd(17)}  ${times}${text}${slowest}${trace}`,
    ...because.map((line) => `${' '.repeat(17)}  · ${line}`),
  ]
}

const sayMs = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : saySeconds(ms))

const aroundMs = 60_000

/** What to open or to type next: all lines of the attempt, one trace, and the page of an exam room at that time. */
export function nextClicks({ attemptId, entries }: Account, { loki, tempo, grafana }: Sources): string[] {
  const from = Math.floor((entries[0]?.at ?? 0) - aroundMs)
  const to = Math.ceil(Math.max(...entries.map(({ until }) => until)) + aroundMs)
  const slowest = entries
    .filter(({ traceIds }) => traceIds.length > 0)
    .toSorted((one, other) => (other.slowestMs ?? 0) - (one.slowestMs ?? 0))[0]?.traceIds[0]
  const range = `start=${from}000000 end=${to}000000`
  const query = `{service=~".+"} |= "${attemptId}"`
  return [
    ...(grafana ? [`${grafana}/d/exam-room?from=${from}&to=${to}`] : []),
    ...(grafana && slowest ? [`${grafana}/d/logs?var-id=${slowest}&from=${from}&to=${to}`] : []),
    `curl -sG ${loki}/loki/api/v1/query_range ${[`query=${query}`, ...range.split(' '), 'limit=1000'].map(toOption).join(' ')}`,
    ...(slowest ? [`curl -s ${tempo}/api/traces/${slowest}`] : []),
  ]
}

const toOption = (text: string): string => `--data-urlencode '${text}'`
