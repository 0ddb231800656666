import { describe, expect, test } from 'bun:test'
import { type Promised, promiseNamed, readPromises } from '../../fixtures/promises'
import { complaintsOf, type Play, type Story } from '../../fixtures/promtool'
import type { Stretch } from '../../fixtures/traffic'
import { type Defect, defects } from './defects'

const promises = await readPromises()
const perMinute = 1_000
const usual = (minutes: number): Stretch => ({ minutes, perMinute })
const anyAlert = 'ALERTS{alertstate="firing"}'
const vanished = 'ALERTS{alertstate="firing", alertname="SliVanished"}'
const left = 'slo:period_error_budget_remaining:ratio'

/** One request in six minutes. */
const seldom = (minutes: number, bad = 0): Stretch => ({ minutes, perMinute: 1 / 6, bad })

type Proof = Story & { everyMinutes: number }

/** What must hold, and does not with the defect in. */
const proofs: Record<Defect, readonly Proof[]> = {
  idle: [
    {
      name: 'half an hour without traffic makes no NaN',
      everyMinutes: 5,
      traffic: [usual(30), { minutes: 30, perMinute: 0 }, usual(30)],
      expected: [
        { at: 50, none: 'slo:sli_error:ratio_rate5m' },
        { at: 50, each: `${left} == 1` },
        { at: 90, each: `${left} == 1` },
      ],
    },
  ],
  unfailing: [
    {
      name: 'what never failed has all of its budget',
      everyMinutes: 5,
      traffic: [usual(30)],
      hasBad: false,
      expected: ['slo:sli_error:ratio_rate5m == 0', 'slo:current_burn_rate:ratio == 0', `${left} == 1`].map((each) => ({
        ...{ at: 30, each },
      })),
    },
  ],
  weight: [
    {
      name: 'twenty bad minutes with one request each weigh nothing among many',
      everyMinutes: 5,
      traffic: [usual(180), { minutes: 20, perMinute: 1, bad: 1 }],
      expected: [{ at: 200, each: 'slo:sli_error:ratio_rate30d < 0.0005' }],
    },
    {
      name: 'twenty bad minutes with nearly all of the requests weigh nearly everything',
      everyMinutes: 5,
      traffic: [
        { minutes: 180, perMinute: 1 },
        { minutes: 20, perMinute: 10_000, bad: 10_000 },
      ],
      expected: [{ at: 200, each: 'slo:sli_error:ratio_rate30d > 0.99' }],
    },
  ],
  vanished: [
    {
      name: 'targets that vanish page seven minutes after their last sample, and until they are back',
      everyMinutes: 1,
      traffic: [usual(10), { minutes: 60, gone: true }, usual(5)],
      expected: [
        { at: 15, none: vanished },
        { at: 18, each: vanished },
        { at: 70, each: vanished },
        { at: 74, none: vanished },
      ],
    },
    {
      name: 'a service that fails and then dies is not well',
      everyMinutes: 5,
      traffic: [usual(10), { minutes: 20, perMinute, bad: perMinute }, { minutes: 60, gone: true }],
      expected: [{ at: 90, each: 'group by (sloth_id) (ALERTS{alertstate="firing", severity="page"})' }],
    },
  ],
  few: [
    {
      name: 'one error among few requests tells nobody',
      everyMinutes: 6,
      traffic: [seldom(60), seldom(6, 1 / 6), seldom(18)],
      expected: [66, 72, 78, 84].map((at) => ({ at, none: anyAlert })),
    },
  ],
  young: [
    {
      name: 'half a bad hour of the first day leaves budget, as it would among 30 days',
      everyMinutes: 30,
      traffic: [usual(720), { minutes: 30, perMinute, bad: perMinute }, usual(690)],
      expected: [
        { at: 1_440, each: `${left} > 0.2` },
        { at: 1_440, each: 'slo:period_coverage:ratio > 0.032 < 0.034' },
      ],
    },
  ],
  relabelled: [
    {
      name: 'a label that the file had before takes nothing away',
      everyMinutes: 5,
      traffic: [{ minutes: 30, gone: true }, usual(30)],
      expected: [{ at: 60, each: 'slo:sli_error:ratio_rate30d > 0.1 < 0.9' }],
    },
  ],
}

/** What was recorded until half an hour ago, when the file had another label: half of it bad. */
const before = ({ slo }: Promised) =>
  (['bad', 'total'] as const).map((kind) => ({
    series: `slo:sli_${kind}:rate5m{sloth_id="${slo.id}", sloth_service="${slo.service}", sloth_slo="${slo.name}", owner="before"}`,
    values: `${kind === 'bad' ? 10 : 20}x120 stale`,
  }))

function playsOf(cast: readonly Promised[], defect: Defect, unmended: readonly Defect[]): Play[] {
  return [...Map.groupBy(proofs[defect], ({ everyMinutes }) => everyMinutes)].map(([everyMinutes, its]) => ({
    cast: cast.map((each) => ({
      slo: each.slo,
      group: each.groupFor({ intervalSeconds: everyMinutes * 60, unmended }, { owner: 'after' }),
    })),
    ...{ everyMinutes, scrapeSeconds: 15 },
    stories: its.map((story) => (defect === 'relabelled' ? { ...story, more: cast.flatMap(before) } : story)),
  }))
}

const names = Object.keys(defects).filter((name): name is Defect => name in defects)

test('no SLO has any of the seven defects', async () => {
  expect(names).toHaveLength(7)
  expect(await complaintsOf(names.flatMap((defect) => playsOf(promises, defect, [])))).toBe('')
}, 120_000)

describe.each(names)('the defect “%s”', (defect) => {
  test('put back, turns its test red', async () => {
    const saves = await promiseNamed('exams-saves')
    for (const play of playsOf([saves], defect, [defect])) expect(await complaintsOf([play])).toContain('FAILED')
  }, 60_000)
})

test('eight errors of eight requests in eight minutes page, few as they are', async () => {
  const saves = await promiseNamed('exams-saves')
  const play: Play = {
    cast: [{ slo: saves.slo, group: saves.groupFor({ intervalSeconds: 60, unmended: [] }) }],
    ...{ everyMinutes: 1, scrapeSeconds: 15 },
    stories: [
      {
        name: 'eight errors',
        traffic: [seldom(30), { minutes: 8, perMinute: 1, bad: 1 }],
        expected: [
          { at: 33, none: anyAlert },
          { at: 38, alert: { severity: 'page', burn: 'fast' }, isFiring: true },
        ],
      },
    ],
  }
  expect(await complaintsOf([play])).toBe('')
}, 60_000)
