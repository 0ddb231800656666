import { createEntry, type Entry, type EntryKind } from './entry'
import type { RequestLine } from './line'

/** From so long on a trace is kept as slow (`TRACE_SLOW_MS`). */
export const slowMs = 500

const whatFor = new Map(
  Object.entries({
    ...{ start: 'starting', save: 'saving an answer', flags: 'flagging questions', submit: 'submitting' },
    ...{ read: 'loading the attempt', receipts: 'reading receipts', stream: 'opening the stream' },
    ...{
      pause: 'pausing',
      resume: 'resuming',
      seal: 'ending by the teacher',
      'accept-late': 'taking a late answer in',
    },
  }),
)

/** What a kind of refusal means, for who does not know them by heart. */
const meanings = new Map(
  Object.entries({
    'too-late': 'it came after the end; it is kept as evidence, unless too many did',
    paused: 'the attempt is paused; the page sends it again when it goes on',
    unauthorised: 'the seat or the sign-in was no longer valid',
    'too-many-requests': 'the limit of requests in a minute',
    'operation-reused': 'the id of another answer',
    'wrong-answer-form': 'no answer to this question',
    'not-found': 'not this person’s, or not there',
    busy: 'too many saves waited',
    timeout: 'the service did not answer in time',
    unreachable: 'no replica of the service could be reached',
    unavailable: 'the service could not do it then',
  }),
)

const byTeacher: ReadonlySet<string> = new Set(['pause', 'resume', 'seal', 'accept-late'])

/** The requests that the student's own page sent. */
export const ofStudent = ({ action }: RequestLine): boolean => !byTeacher.has(action)

/** Tells of requests: what failed, was refused, late or slow by itself, plain saves together. What others tell of is left out. */
export function tellRequests(requests: readonly RequestLine[]): Entry[] {
  let hasStream = false
  return requests.flatMap((request) => {
    const told = tellOne(request, hasStream)
    if (request.action === 'stream' && request.status < 400) hasStream = true
    return told ?? []
  })
}

function tellOne(request: RequestLine, hasStream: boolean): Entry | null {
  const { at, ms, status, action, outcome, trace_id: traceId } = request
  const tell = (kind: EntryKind, text: string) => createEntry({ at, kind, text, ms, traceId })
  const doing = whatFor.get(action) ?? 'a request'
  if (status === 499) return tell('failure', `the connection broke while ${doing}`)
  if (status >= 500) return tell('failure', `${doing} failed: ${status} ${explain(outcome)}`)
  if (outcome === 'too-late') return tell('late', `${doing} was refused: ${status} ${explain(outcome)}`)
  if (status >= 400) return tell('refusal', `${doing} was refused: ${status} ${explain(outcome)}`)
  if (action === 'stream') {
    return hasStream
      ? tell('reconnect', 'the page connected again (its stream had ended)')
      : tell('connect', 'the page connected (its stream of events)')
  }
  if (action === 'save') return tellSave(request, tell)
  if (ms >= slowMs) return tell('request', `${doing} was slow`)
  if (action === 'read') return tell('request', 'the attempt was loaded')
  if (action === 'flags') return tell('request', 'questions were flagged')
  return null
}

function tellSave({ ms, outcome }: RequestLine, tell: (kind: EntryKind, text: string) => Entry): Entry {
  if (outcome === 'late') return tell('late', 'an answer came after the end and was taken: it was sent in time')
  if (ms >= slowMs) return tell('slow-save', 'an answer was saved, slowly')
  return outcome === 'stale' ? tell('saves', 'saved: a newer answer was there already') : tell('saves', 'saved')
}

function explain(outcome = 'for no told reason'): string {
  const meaning = meanings.get(outcome)
  return meaning ? `${outcome} (${meaning})` : outcome
}
