import { z } from 'zod'
import { askJson } from './ask-json'

const Attribute = z.object({ key: z.string(), value: z.object({ stringValue: z.string().optional() }) })
const Trace = z.object({
  batches: z
    .array(
      z.object({
        resource: z.object({ attributes: z.array(Attribute).default([]) }).optional(),
        scopeSpans: z.array(
          z.object({
            spans: z.array(
              z.object({
                ...{ spanId: z.string(), parentSpanId: z.string().default(''), name: z.string() },
                ...{ startTimeUnixNano: z.string(), endTimeUnixNano: z.string() },
                status: z.object({ code: z.union([z.string(), z.number()]).optional() }).optional(),
                links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
              }),
            ),
          }),
        ),
      }),
    )
    .default([]),
})

/** Ids in hex, times in milliseconds since 1970; `links` to what it belongs with in other traces. */
export type Span = {
  service: string
  name: string
  spanId: string
  /** Empty at the root. */
  parentSpanId: string
  startedAt: number
  ms: number
  hasFailed: boolean
  links: { traceId: string; spanId: string }[]
}

/** The spans of a trace, in the order in which they began. Throws an AwayError, also for a trace that Tempo does not have. */
export async function readTrace(url: string, traceId: string): Promise<Span[]> {
  const { batches } = Trace.parse(await askJson('Tempo', url, `/api/traces/${traceId}`, {}))
  const spans = batches.flatMap(({ resource, scopeSpans }) => {
    const service = resource?.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? ''
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => toSpan(service, span)))
  })
  return spans.sort((one, other) => one.startedAt - other.startedAt)
}

type Given = z.infer<typeof Trace>['batches'][number]['scopeSpans'][number]['spans'][number]

function toSpan(service: string, given: Given): Span {
  const { name, spanId, parentSpanId, startTimeUnixNano, endTimeUnixNano, status, links } = given
  const [start, end] = [BigInt(startTimeUnixNano), BigInt(endTimeUnixNano)]
  return {
    ...{ service, name, spanId: hexOf(spanId), parentSpanId: hexOf(parentSpanId) },
    ...{ startedAt: Number(start / 1_000n) / 1_000, ms: Number(end - start) / 1e6 },
    hasFailed: status?.code === 'STATUS_CODE_ERROR' || status?.code === 2,
    links: links.map((link) => ({ traceId: hexOf(link.traceId), spanId: hexOf(link.spanId) })),
  }
}

/** Tempo's JSON has ids in base64, other tools' in hex. */
const hexOf = (id: string): string =>
  /^(?:[0-9a-f]{16}|[0-9a-f]{32}|)$/.test(id) ? id : Buffer.from(id, 'base64').toString('hex')

const alike = 0.9

/** Where the time of a trace went: from its root down, always to the longest part, as long as that took half of what it is a part of. */
export function findSlowPath(spans: readonly Span[]): Span[] {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const path: Span[] = []
  let parts = spans.filter(({ parentSpanId }) => !known.has(parentSpanId))
  for (;;) {
    const longestMs = Math.max(0, ...parts.map(({ ms }) => ms))
    // Of statements that travelled together the first is what the others waited for.
    const longest = parts.find(({ ms }) => ms >= longestMs * alike)
    const last = path.at(-1)
    if (!longest || (last && longest.ms < last.ms / 2)) return path
    path.push(longest)
    parts = spans.filter(({ parentSpanId }) => parentSpanId === longest.spanId)
  }
}

/** `gateway PUT /api/attempts 927 ms › exams … › SELECT exams.attempts 880 ms`, and what failed in it. */
export function sayTrace(spans: readonly Span[]): string {
  const path = findSlowPath(spans)
  const steps = path.map((span, index) => {
    const service = span.service === path[index - 1]?.service ? '' : `${span.service} `
    return `${service}${span.name} ${Math.round(span.ms)} ms${span.hasFailed ? ', failed' : ''}`
  })
  const batch = path.at(-1)?.links[0]
  return `${steps.join(' › ')}${batch ? ` (goes on in trace ${batch.traceId})` : ''}`
}
