import { createEntry, type Entry, type EntryKind } from './entry'
import type { AuditedLine, Lines, MailLine, OtherLine, RequestLine, ToldLine } from './line'
import { sayClock, saySeconds } from './say'

/** Tells of what was done to an attempt: by its events, its audit trail, its mails, and of what failed at it. */
export const tellHappenings = ({ told, audited, mails, others, requests }: Lines): Entry[] => [
  ...tellEvents(told),
  ...audited.map((line) => tellAudited(line, requests)),
  ...mails.map(tellMail),
  ...others.map(tellOther),
]

function tellEvents(told: readonly ToldLine[]): Entry[] {
  const seals = told.filter(({ event }) => event === 'attempt.sealed')
  const marks = told.filter(({ event }) => event === 'result.ready')
  return told.flatMap((line): Entry[] => {
    const { at, event, trace_id: traceId, sealedAt, needsMarking } = line
    const tell = (kind: EntryKind, text: string, when = at) => [createEntry({ at: when, kind, text, traceId })]
    switch (event) {
      case 'attempt.started':
        return tell('start', 'started')
      case 'attempt.abandoned':
        return tell('seal', 'ended at its deadline without a submit: nothing is marked')
      case 'attempt.sealed':
        return line === seals[0]
          ? tell('seal', saySeal(line), sealedAt)
          : tell('late-accepted', 'sealed anew, with late answers')
      case 'result.ready': {
        const again = line === marks[0] ? 'marked' : 'marked again'
        return tell('mark', needsMarking ? `${again}: some answers wait for a person` : `${again}: complete`)
      }
      case 'result.released':
        return tell('release', 'the result was released to the student')
      default:
        return tell('trouble', `told: ${event}`)
    }
  })
}

const causes = new Map(
  Object.entries({ submitted: 'submitted by the student', deadline: 'at its deadline', teacher: 'by a teacher' }),
)

function saySeal({ at, cause = '', sealedAt = at }: ToldLine): string {
  return `sealed: ${causes.get(cause) ?? cause}; stored ${saySeconds(Math.max(0, at - sealedAt))} after that end`
}

const kinds = new Map<string, { kind: EntryKind; text: string; action?: string }>(
  Object.entries({
    'attempt paused': { kind: 'pause', text: 'paused', action: 'pause' },
    'attempt resumed': { kind: 'resume', text: 'went on', action: 'resume' },
    'outage compensated': { kind: 'extension', text: 'given time for an outage' },
    'deadline moved': { kind: 'extension', text: 'the deadline moved' },
    'late answer accepted': {
      kind: 'late-accepted',
      text: 'a late answer was taken in by a teacher',
      action: 'accept-late',
    },
    'late answers taken in': { kind: 'late-accepted', text: 'answers that came after the end were taken in' },
  } as const),
)

function tellAudited({ at, action, by, from, to, deadline }: AuditedLine, requests: readonly RequestLine[]): Entry {
  const known = kinds.get(action)
  const end = to && action === 'deadline moved' ? to : deadline
  const details = [
    ...(by === 'server' ? ['by the server'] : []),
    ...(from && to && action !== 'deadline moved' ? [`${sayClock(Date.parse(from))}–${sayClock(Date.parse(to))}`] : []),
    ...(end && known?.kind !== 'pause' ? [`ends at ${sayClock(Date.parse(end))}`] : []),
  ]
  const text = [known?.text ?? action, ...details].join(', ')
  // Whoever asked for it waited for the answer while it was done.
  const asker = requests.find((each) => each.action === known?.action && each.at <= at && at <= each.at + each.ms)
  return createEntry({ at, kind: known?.kind ?? 'trouble', text, traceId: asker?.trace_id })
}

function tellMail({ at, msg, kind, attempts, trace_id: traceId }: MailLine): Entry {
  const tries = attempts > 1 ? `, at try ${attempts}` : ''
  return createEntry({ at, kind: msg === 'mail sent' ? 'mail' : 'trouble', text: `${msg}: ${kind}${tries}`, traceId })
}

function tellOther({ at, level, service, msg, err, trace_id: traceId }: OtherLine): Entry {
  const text = `${service} (${level}): ${msg}${err ? `: ${err.message}` : ''}`
  return createEntry({ at, kind: 'trouble', text, traceId })
}
