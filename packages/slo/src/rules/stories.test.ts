import { expect, test } from 'bun:test'
import { readPromises } from '../../fixtures/promises'
import { complaintsOf, type Play, type Story } from '../../fixtures/promtool'
import type { Stretch } from '../../fixtures/traffic'

const promises = await readPromises()
const perMinute = 1_000
const anyAlert = 'ALERTS{alertstate="firing"}'
const anyPage = 'ALERTS{alertstate="firing", severity="page"}'
const usual = (minutes: number): Stretch => ({ minutes, perMinute })
/** Far too little to burn anything. */
const hardlyBad = (minutes: number): Stretch => ({ minutes, perMinute, bad: 0.01 })

/** Whatever happens to figures, and what is made of it. Each holds for every SLO. */
const stories: (Story & { everyMinutes: number })[] = [
  {
    name: 'nothing is known: no figure, no alert',
    everyMinutes: 5,
    traffic: [{ minutes: 60, gone: true }],
    expected: [
      { at: 60, none: 'slo:sli_total:rate5m' },
      { at: 60, none: 'slo:period_coverage:ratio' },
      { at: 60, none: anyAlert },
      { at: 60, each: 'sloth_slo_info' },
    ],
  },
  {
    name: 'idle from the start: it is known that nothing happens, and no ratio is made of it',
    everyMinutes: 5,
    traffic: [{ minutes: 60, perMinute: 0 }],
    expected: [
      { at: 60, each: 'slo:sli_total:rate5m == 0' },
      { at: 60, none: '{__name__=~"slo:sli_error:ratio_rate.*"}' },
      { at: 60, none: anyAlert },
    ],
  },
  {
    name: 'a process starts again: its counters begin at 0, and nothing is made of that',
    everyMinutes: 1,
    traffic: [hardlyBad(20), { minutes: 10, perMinute, bad: 0.01, isAnew: true }],
    expected: [
      { at: 22, each: 'slo:sli_error:ratio_rate5m < 0.0001 > 0' },
      { at: 22, none: 'slo:sli_total:rate5m < 10 or slo:sli_total:rate5m > 20' },
      { at: 30, none: anyPage },
    ],
  },
  {
    name: 'nothing is scraped for three minutes: the figures go on',
    everyMinutes: 1,
    traffic: [usual(15), { minutes: 3, gone: true }, usual(10)],
    expected: [
      ...[16, 17, 18, 19, 20, 28].map((at) => ({ at, each: 'slo:sli_error:ratio_rate5m == 0' })),
      { at: 28, none: anyPage },
    ],
  },
  {
    name: 'a window of which a part is missing: that part counts as clean, and is told by the coverage',
    everyMinutes: 5,
    traffic: [usual(60), { minutes: 60, gone: true }, usual(60)],
    expected: [
      { at: 180, each: 'slo:sli_error:ratio_rate6h == 0' },
      { at: 180, none: 'count_over_time(slo:sli_total:rate5m[3h]) > 26' },
      { at: 180, none: anyPage },
    ],
  },
  {
    name: 'a new service whose first minute is bad: no page before the budget of an hour is burnt',
    everyMinutes: 1,
    traffic: [{ minutes: 2, perMinute, bad: 4 }, usual(10)],
    expected: [2, 5, 12].map((at) => ({ at, none: anyPage })),
  },
]

test('figures that are missing, new, reset or idle have the meaning that docs/slo.md gives them, for every SLO', async () => {
  const plays = [...Map.groupBy(stories, ({ everyMinutes }) => everyMinutes)].map(([everyMinutes, its]): Play => {
    const making = { intervalSeconds: everyMinutes * 60, unmended: [] }
    const cast = promises.map(({ slo, groupFor }) => ({ slo, group: groupFor(making) }))
    return { cast, everyMinutes, scrapeSeconds: 15, stories: its }
  })
  expect(await complaintsOf(plays)).toBe('')
}, 120_000)

test('one SLO that burns burns no other', async () => {
  const making = { intervalSeconds: 60, unmended: [] }
  const burning = promises.find(({ slo }) => slo.id === 'exams-saves')
  if (!burning) throw new Error('exams-saves is gone')
  const others = promises.filter((each) => each !== burning)
  const group = {
    ...{ name: 'all', interval: '60s' },
    rules: promises.flatMap(({ groupFor }) => groupFor(making).rules),
  }
  const story: Story = {
    name: 'saves burn',
    traffic: [usual(5), { minutes: 5, perMinute, bad: perMinute }],
    expected: [
      { at: 10, each: 'count by (sloth_id) (ALERTS{alertstate="firing", burn="fast", severity="page"})' },
      { at: 10, none: 'slo:sli_bad:rate5m{sloth_id!="exams-saves"}' },
      { at: 10, none: 'ALERTS{sloth_id!="exams-saves"}' },
    ],
  }
  expect(others.length).toBeGreaterThan(10)
  const cast = [{ slo: burning.slo, group }]
  expect(await complaintsOf([{ cast, everyMinutes: 1, scrapeSeconds: 15, stories: [story] }])).toBe('')
}, 60_000)
