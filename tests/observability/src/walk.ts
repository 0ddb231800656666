import { expect, test } from 'bun:test'
import { readTrace, type Span } from '@hourglass/hourglass/ask/tempo'
import { askExemplars, askLoki } from './ask'
import { eventually } from './eventually'
import type { OneSitting, Submitted } from './one-sitting'

type Walked = {
  addresses: { prometheus: string; loki: string; tempo: string }
  sitting: Promise<OneSitting>
  submitted: Promise<Submitted>
}

const route = '/api/attempts/:id/answers/:questionId'
const saves = `http_request_duration_seconds_bucket{service="exams", route="${route}"}`

/** Registers the tests that from a number one comes to the statement that was slow, and from a page's submit to what followed from it. */
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

  test('one trace goes from the page over the gateway and the exam room to the marks and to who mails them', async () => {
    const { addresses, submitted } = walked()
    const { attemptId, page } = await submitted
    const isMail = ({ service, name }: Span) => service === 'notifier' && name === 'mail result-released'
    const isThere = (spans: readonly Span[]) => spans.some(isMail) && spans.some(({ service }) => service === 'web')
    const spans = await eventually(() => readTrace(addresses.tempo, page.traceId), isThere)
    const lineage = lineageOf(spans, spans.find(isMail))
    expect(lineage.filter(([, name]) => name !== 'TRANSACTION')).toEqual([
      ['notifier', 'mail result-released'],
      ...[
        ['notifier', 'take result.released'],
        ['grading', 'tell result.released'],
      ],
      ...[
        ['grading', 'take attempt.sealed'],
        ['exams', 'tell attempt.sealed'],
      ],
      ...[
        ['exams', 'POST /api/attempts/:id/submit'],
        ['gateway', 'POST exams'],
      ],
      ...[
        ['gateway', 'POST /api/attempts'],
        ['web', 'POST /api/attempts'],
      ],
    ])
    expect(spans.find(({ parentSpanId }) => parentSpanId === '')?.spanId).toBe(page.spanId)

    const told = await eventually(
      () => askLoki(addresses.loki, `{service=~"exams|grading"} |= "${attemptId}" |= "told" | json event="event"`),
      (lines) => lines.some(({ labels }) => labels.event === 'result.released'),
    )
    for (const event of ['attempt.sealed', 'result.released']) {
      expect(told.find(({ labels }) => labels.event === event)?.labels.trace_id).toBe(page.traceId)
    }
  }, 60_000)

  test('whoever takes an event in there links to the work, which has its statements and links back', async () => {
    const { addresses, submitted } = walked()
    const { page } = await submitted
    for (const [service, event] of [
      ['grading', 'attempt.sealed'],
      ['notifier', 'result.released'],
    ]) {
      const spans = await eventually(
        () => readTrace(addresses.tempo, page.traceId),
        (found) => found.some((span) => span.service === service && span.name === `take ${event}`),
      )
      const take = spans.find((span) => span.service === service && span.name === `take ${event}`)
      expect(take?.links).toHaveLength(1)
      const work = await eventually(
        () => readTrace(addresses.tempo, take?.links[0]?.traceId ?? ''),
        (found) => found.some(({ spanId }) => spanId === take?.links[0]?.spanId),
      )
      const root = rootOf(work)
      expect(root).toMatchObject({ service, name: `consume ${event}`, spanId: take?.links[0]?.spanId })
      expect(work.map(({ name }) => name)).toContain(`INSERT ${service}.inbox`)
      const back = root.links.filter(({ traceId }) => traceId === page.traceId)
      expect(spans.map(({ spanId }) => spanId)).toContain(back[0]?.spanId ?? '')
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
