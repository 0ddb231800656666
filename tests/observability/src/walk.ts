import { expect, test } from 'bun:test'
import { readTrace, type Span } from '@hourglass/hourglass/ask/tempo'
import { askExemplars, askLoki, searchTempo } from './ask'
import { eventually } from './eventually'
import type { OneSitting } from './one-sitting'

type Walked = {
  addresses: { prometheus: string; loki: string; tempo: string }
  sitting: Promise<OneSitting>
  submitted: Promise<string>
}

const route = '/api/attempts/:id/answers/:questionId'
const saves = `http_request_duration_seconds_bucket{service="exams", route="${route}"}`

/** Registers the tests that from a number one comes to the statement that was slow, and from an event to what followed from it. */
export function testWalk(walked: () => Walked): void {
  test('from the point of a slow save one comes to its trace, down to the statement that waited, and to its lines', async () => {
    const { addresses, sitting } = walked()
    const { attemptId } = await sitting
    // The class sits on a busy machine: its saves may be as slow, so the lines say whose this one was.
    const { traceId, edge } = await eventually(
      () => findSlowSave(addresses, attemptId),
      (found) => found.edge !== undefined,
    )
    const spans = await readTrace(addresses.tempo, traceId)
    const waited = spans.find(({ name, ms }) => name === 'SELECT exams.attempts' && ms > 500)
    expect(lineageOf(spans, waited)).toEqual([
      ['exams', 'SELECT exams.attempts'],
      ['exams', 'TRANSACTION'],
      ['exams', `PUT ${route}`],
      ['gateway', 'PUT exams'],
      ['gateway', 'PUT /api/attempts'],
    ])
    const stored = spans.find(({ name }) => name === 'INSERT exams.answer_log')
    expect(lineageOf(spans, stored).slice(1)).toEqual(lineageOf(spans, waited).slice(1))
    expect(JSON.parse(edge ?? '{}')).toMatchObject({ attemptId, action: 'save', status: 200 })
    expect(JSON.parse(edge ?? '{}').ms).toBeGreaterThan(500)
  }, 60_000)

  test('a seal, its marks and the mail about them are traces that link to one another, and all are there', async () => {
    const { addresses, submitted } = walked()
    const attemptId = await submitted
    const tellerOf = async (event: string) => {
      const query = `{service=~"exams|grading"} |= "${attemptId}" | json event="event" | event = "${event}"`
      const [line] = await eventually(
        () => askLoki(addresses.loki, query),
        (lines) => lines.length > 0,
      )
      return line?.labels.trace_id ?? ''
    }
    const [sealing, marking] = [await tellerOf('attempt.sealed'), await tellerOf('result.released')]
    expect((await readTrace(addresses.tempo, sealing)).map(({ name }) => name)).toContain(
      'POST /api/attempts/:id/submit',
    )

    const marks = rootOf(await readTrace(addresses.tempo, marking))
    expect(marks).toMatchObject({ service: 'grading', name: 'consume attempt.sealed' })
    expect(marks.links.map(({ traceId }) => traceId)).toContain(sealing)

    const query = `{ resource.service.name = "notifier" && link:traceID = "${marking}" }`
    const [telling = ''] = await eventually(
      () => searchTempo(addresses.tempo, query),
      (found) => found.length > 0,
    )
    const told = rootOf(await readTrace(addresses.tempo, telling))
    expect(told).toMatchObject({ service: 'notifier', name: 'consume result.released' })
    // Each link names a span, and it is in the trace that the link names.
    for (const link of [...marks.links, ...told.links]) {
      const spans = await readTrace(addresses.tempo, link.traceId)
      expect(spans.map(({ spanId }) => spanId)).toContain(link.spanId)
    }
  }, 60_000)
}

async function findSlowSave({ prometheus, loki }: Walked['addresses'], attemptId: string) {
  const slow = (await askExemplars(prometheus, saves)).filter(({ value }) => value > 0.5)
  for (const { traceId } of slow) {
    const lines = await askLoki(loki, `{service="gateway"} | trace_id = "${traceId}" |= "${attemptId}"`)
    if (lines[0]) return { traceId, edge: lines[0].text }
  }
  return { traceId: '', edge: undefined }
}

/** Service and name of a span and of all above it. */
function lineageOf(spans: readonly Span[], span: Span | undefined): string[][] {
  const lineage: string[][] = []
  for (let each = span; each; each = spans.find(({ spanId }) => spanId === each?.parentSpanId)) {
    lineage.push([each.service, each.name])
  }
  return lineage
}

function rootOf(spans: readonly Span[]): Span {
  const root = spans.find(({ parentSpanId }) => parentSpanId === '')
  if (!root) throw new Error('a trace without its root')
  return root
}
