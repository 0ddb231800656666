import { expect, test } from 'bun:test'
import { createPending } from './report'

test('what does not fit is counted, failures of a kind are added up, and a full report stays small', () => {
  const pending = createPending()
  const span = {
    ...{ traceId: 'f'.repeat(32), spanId: 'f'.repeat(16), parentSpanId: 'f'.repeat(16) },
    ...{ route: '/teach/exams/:examId/corrections/:questionId', durationMs: 1_234.567, startedAt: 1_234.567 },
    call: { method: 'DELETE', noun: 'accommodations', status: 503 },
  }
  for (let turn = 0; turn < 1_000; turn++) {
    pending.merge({
      loads: [{ route: span.route, arrival: 'back-forward', seconds: 1.234 }],
      vitals: [{ route: span.route, vital: 'TTFB', seconds: 1.234 }],
      shifts: [{ route: span.route, score: 0.123 }],
      keptSeconds: [1.234],
      failedSaves: [{ reason: 'timeout', count: 1 }],
      spans: [span],
    })
  }
  const report = pending.take()
  expect(report.failedSaves).toEqual([{ reason: 'timeout', count: 1_000 }])
  expect(report.dropped).toBe(4 * 980)
  expect(JSON.stringify(report).length).toBeLessThan(10_000)
  expect(pending.isEmpty()).toBe(true)
})
