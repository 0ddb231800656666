import { z } from 'zod'

const Common = { trace_id: z.string().optional(), attemptId: z.string() }
const instant = z.string().transform((text) => Date.parse(text))

/** The gateway's line of a request; `at` is when it came, since the line is written when it is answered. */
const RequestLine = z
  .object({
    ...{ ...Common, msg: z.literal('request'), time: instant, status: z.number(), ms: z.number() },
    ...{ action: z.string().default('other'), outcome: z.string().optional() },
  })
  .transform(({ time, ...line }) => ({ ...line, at: time - line.ms }))

/** An event that is out, under the trace in which it was told. */
const ToldLine = z.object({
  ...{ ...Common, msg: z.literal('told'), event: z.string(), eventId: z.string(), at: instant },
  ...{ cause: z.string().optional(), sealedAt: instant.optional(), needsMarking: z.boolean().optional() },
})

/** A row of the exam's audit trail. */
const AuditedLine = z.object({
  ...{ ...Common, msg: z.literal('audited'), auditId: z.string(), action: z.string(), at: instant, by: z.string() },
  ...{ from: z.string().optional(), to: z.string().optional(), deadline: z.string().optional() },
})

const MailLine = z
  .object({ ...Common, msg: z.string().startsWith('mail '), time: instant, kind: z.string(), attempts: z.number() })
  .transform(({ time, ...line }) => ({ ...line, at: time }))

/** Any other line that names the attempt: something that failed. */
const OtherLine = z
  .object({
    ...{ ...Common, msg: z.string(), time: instant, level: z.string(), service: z.string() },
    err: z.object({ message: z.string() }).optional(),
  })
  .transform(({ time, ...line }) => ({ ...line, at: time }))

export type RequestLine = z.infer<typeof RequestLine>
export type ToldLine = z.infer<typeof ToldLine>
export type AuditedLine = z.infer<typeof AuditedLine>
export type MailLine = z.infer<typeof MailLine>
export type OtherLine = z.infer<typeof OtherLine>
export type Lines = {
  requests: RequestLine[]
  told: ToldLine[]
  audited: AuditedLine[]
  mails: MailLine[]
  others: OtherLine[]
}

/** Sorts the lines about an attempt by what they are, each by time and once; lines that only mention it elsewhere are left out. */
export function sortLines(texts: readonly string[], attemptId: string): Lines {
  const lines: Lines = { requests: [], told: [], audited: [], mails: [], others: [] }
  for (const text of texts) {
    const json = readObject(text)
    if (json === null || Reflect.get(json, 'attemptId') !== attemptId) continue
    take(RequestLine, json, lines.requests) ||
      take(ToldLine, json, lines.told) ||
      take(AuditedLine, json, lines.audited) ||
      take(MailLine, json, lines.mails) ||
      take(OtherLine, json, lines.others)
  }
  for (const each of Object.values(lines)) each.sort((one: { at: number }, other: { at: number }) => one.at - other.at)
  // A process that died after it had published publishes again; a line may come twice out of a queue.
  return {
    ...lines,
    told: onceBy(lines.told, ({ eventId }) => eventId),
    audited: onceBy(lines.audited, ({ auditId }) => auditId),
  }
}

function take<Line>(shape: z.ZodType<Line>, json: object, into: Line[]): boolean {
  const parsed = shape.safeParse(json)
  if (parsed.success) into.push(parsed.data)
  return parsed.success
}

function readObject(text: string): object | null {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' ? json : null
  } catch {
    return null
  }
}

const onceBy = <Line>(lines: readonly Line[], idOf: (line: Line) => string): Line[] =>
  [...new Map(lines.toReversed().map((line) => [idOf(line), line])).values()].toReversed()
