import { afterAll, expect, test } from 'bun:test'
import { silentInstruments } from '@hourglass/kit/instruments'
import { createNotifier, newId } from '../../../fixtures/school'
import type { ReliabilityReport } from '../model'
import { createPrometheusFigures } from './prometheus-figures'

type Series = [labels: Record<string, string>, value: string]
/** What lies over the network: answers each question with the series that it asks for. */
const replies = { figures: [] as Series[], alerts: [] as Series[], status: 200, warnings: [] as string[] }
const asked: string[] = []
const tenants = new Set<string | null>()
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: async (request) => {
    const query = new URLSearchParams(await request.text()).get('query') ?? ''
    asked.push(query)
    tenants.add(request.headers.get('x-scope-orgid'))
    const series = query.includes('ALERTS') ? replies.alerts : replies.figures
    const result = series.map(([metric, value]) => ({ metric, value: [1_790_000_000, value] }))
    const { status, warnings } = replies
    return Response.json({ status: 'success', warnings, data: { resultType: 'vector', result } }, { status })
  },
})
const url = `http://127.0.0.1:${server.port}`
const observed = await createNotifier({
  reliability: createPrometheusFigures({ url, tenant: 'school' }, silentInstruments().log),
})
afterAll(async () => {
  await server.stop(true)
  await observed.close()
})
const report = async (): Promise<ReliabilityReport> =>
  (await observed.ask({ personId: newId(), role: 'admin' }, '/api/reliability')).body
const saves = async () => (await report()).promises.find(({ id }) => id === 'exams-saves')

const of = (figure: string, window: string, value: string, sloth_id = 'exams-saves'): Series => [
  { sloth_id, figure, window },
  value,
]

test('what rules have recorded is told, and what alerts say is the state, whatever the figures say', async () => {
  replies.figures = [
    ...[of('ratio', '30d', '0.0005'), of('coverage', '30d', '1.02'), of('total', '30d', '2000.4')],
    ...[of('bad', '30d', '1.2'), of('ratio', '1h', '0.002'), of('coverage', '1h', '1')],
    of('ratio', '30d', '0.5', 'gateway-requests-latency'),
  ]
  expect(await saves()).toMatchObject({ state: 'fine', budgetLeft: 0.5, hoursToEmpty: 180 })
  replies.alerts = [
    [{ sloth_id: 'exams-saves', severity: 'ticket' }, '1'],
    [{ sloth_id: 'gateway-requests-latency', severity: 'page' }, '1'],
  ]
  const told = await saves()
  expect(told?.state).toBe('ticket')
  expect(told?.windows.find(({ window }) => window === '30d')).toMatchObject({
    ...{ burnRate: 0.5, coverage: 1, total: 2_000, bad: 1 },
  })
  expect(told?.windows.find(({ window }) => window === '5m')).toMatchObject({ burnRate: null, coverage: 0 })
  expect((await report()).promises.find(({ id }) => id === 'exams-seals')).toMatchObject({ state: 'unknown' })
})

test('what is no number is no figure', async () => {
  replies.figures = [of('ratio', '30d', 'NaN'), of('coverage', '30d', '+Inf'), of('total', '30d', '2000')]
  const month = (await saves())?.windows.find(({ window }) => window === '30d')
  expect(month).toMatchObject({ burnRate: null, coverage: 0, total: 2_000, bad: 0 })
})

test('a Prometheus of many schools is told which one asks', () => {
  expect([...tenants]).toEqual(['school'])
})

test('each window is asked for its ratio, its events and how much of it is known', () => {
  for (const window of ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d']) {
    expect(asked[0]).toContain(`slo:sli_error:ratio_rate${window})`)
    expect(asked[0]).toContain(`sum_over_time(slo:sli_bad:rate5m[${window}])`)
    expect(asked[0]).toContain(`count_over_time(slo:sli_total:rate5m[${window}])`)
  }
})

test('no rules, half an answer, a failure and nobody there are said, and no figure is made up', async () => {
  replies.figures = []
  expect(await report()).toMatchObject({ source: 'prometheus', missing: 'rules', measuredAt: null })
  replies.figures = [of('ratio', '30d', '0.0005')]
  replies.warnings = ['a store is away']
  expect(await report()).toMatchObject({ missing: 'answer' })
  Object.assign(replies, { warnings: [], status: 503 })
  expect(await report()).toMatchObject({ missing: 'answer' })
  expect((await saves())?.state).toBe('unknown')
  await server.stop(true)
  expect(await report()).toMatchObject({ source: 'prometheus', missing: 'answer', measuredAt: null })
})
