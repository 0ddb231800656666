import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPromises } from '../../fixtures/promises'
import { generateWithSloth } from '../sloth/generate'
import { readSlos } from '../spec/read'
import { asCommitted } from './defects'
import { makeGroup } from './make'
import { type Group, mostRules } from './rule'

const file = (objective: number, sli: string) => `version: prometheus/v1
service: shop
slos:
  - name: orders
    objective: ${objective}
    labels: { owner: team }
    sli: ${sli}
    alerting:
      name: OrdersBurning
      labels: { about: orders }
      annotations:
        summary: Orders are not taken.
        who_feels: Whoever wants to buy something.
        why: Because it is a shop, and this is what shops are for.
        excluded: Nothing.
        contributors: topk(3, sum by (route) (rate(orders_failed_total[5m])))
        min_bad_events: "5"
        runbook_url: docs/runbooks/orders-burning.md
        dashboard_url: /d/orders
      page_alert: { labels: { severity: page } }
      ticket_alert: { labels: { severity: ticket } }
`
const events = (query = 'rate') =>
  `{ events: { error_query: "sum(${query}(orders_failed_total[{{.window}}]))", total_query: "sum(${query}(orders_total[{{.window}}]))" } }`

async function make(objective: number, sli = events()): Promise<Group> {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-slo-'))
  try {
    writeFileSync(join(folder, 'shop.yaml'), file(objective, sli))
    const sloth = (await generateWithSloth(folder)).get('shop-orders')
    const [slo] = readSlos([{ file: 'slo/shop.yaml', text: file(objective, sli) }])[0]?.slos ?? []
    if (!slo || !sloth) throw new Error('no SLO')
    return makeGroup(slo, sloth)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const alertsIn = ({ rules }: Group) => rules.flatMap((rule) => ('alert' in rule ? [rule] : []))
const burnsIn = (group: Group) => alertsIn(group).map(({ labels }) => `${labels.severity} ${labels.burn}`)

test('every SLO of ours is one group of 20 rules at the most, and no series of it has a label that an edit could change', async () => {
  for (const { groupFor } of await readPromises()) {
    const { rules, interval } = groupFor(asCommitted, { owner: 'somebody' })
    expect(rules.length).toBeLessThanOrEqual(mostRules)
    expect(interval).toBe('60s')
    const names = new Set(
      rules.flatMap((rule) => ('record' in rule && rule.record !== 'sloth_slo_info' ? Object.keys(rule.labels) : [])),
    )
    expect([...names].sort()).toEqual(['sloth_id', 'sloth_service', 'sloth_slo', 'sloth_window'])
  }
})

test('labels of the file are on alerts and on the info series, with the hash of the promise', async () => {
  const group = await make(99.9)
  expect(alertsIn(group).map(({ labels }) => labels.owner)).toEqual(Array(5).fill('team'))
  expect(group.rules.find((rule) => 'record' in rule && rule.record === 'sloth_slo_info')?.labels).toMatchObject({
    ...{ owner: 'team', sloth_id: 'shop-orders', sloth_objective: '99.9', sloth_version: 'v0.16.0' },
    spec_hash: expect.stringMatching(/^[0-9a-f]{12}$/),
  })
})

test('a pair that all events together could not make fire has no alert', async () => {
  const all = ['page fast', 'page slow', 'ticket fast', 'ticket slow', 'page undefined']
  expect(burnsIn(await make(95))).toEqual(all)
  expect(burnsIn(await make(90))).toEqual(all.slice(1))
  expect(burnsIn(await make(50))).toEqual(all.slice(3))
})

test('budgets stand in rules as a person would write them', async () => {
  for (const [objective, budget] of [
    [99.9, '0.001'],
    [99.95, '0.0005'],
    [99.99, '0.0001'],
    [95, '0.05'],
  ] as const) {
    const group = await make(objective)
    expect(group.rules.map(({ expr }) => expr)).toContain(`vector(${budget})`)
  }
})

test.each([
  [100, events(), 'slo/shop.yaml:4: shop-orders: 100 % leaves no budget that could burn'],
  [
    99,
    '{ raw: { error_ratio_query: "sum(rate(a[{{.window}}])) / sum(rate(b[{{.window}}]))" } }',
    'only events can be weighed',
  ],
  [99, events('increase'), 'events must be counted by rate()'],
])('%d %% of %s is refused', async (objective, sli, words) => {
  await expect(make(objective, sli)).rejects.toThrow(words)
})

test('PromQL that cannot be read is refused by Sloth, and said', async () => {
  await expect(make(99, events('rate(('))).rejects.toThrow('Sloth does not take')
})

test('an SLO that does not say who feels it makes no rules', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-slo-'))
  const text = file(99, events()).replace(/^.*who_feels.*\n/m, '')
  writeFileSync(join(folder, 'shop.yaml'), text)
  const sloth = (await generateWithSloth(folder)).get('shop-orders')
  rmSync(folder, { recursive: true })
  const slo = readSlos([{ file: 'slo/shop.yaml', text }])[0]?.slos[0]
  if (!slo || !sloth) throw new Error('no SLO')
  expect(() => makeGroup(slo, sloth)).toThrow('slo/shop.yaml:4: the annotations of shop-orders: who_feels')
})
