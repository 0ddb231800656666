import { expect, test } from 'bun:test'
import { promiseNamed, readPromises } from '../../fixtures/promises'
import { complaintsOf, type Expected, type Play, type Story } from '../../fixtures/promtool'
import { type BurnPair, burnPairs, minutesToFire, minutesToReset } from '../burn/burn'

const perMinute = 10_000
const promises = await readPromises()

/** An incident that lasts until the pair has fired for a while, then nothing bad any more. */
function incident(pair: BurnPair, budget: number, everyMinutes: number) {
  const ratio = Math.min(1, 2 * pair.factor * budget)
  const fires = minutesToFire(pair, budget, ratio) ?? 0
  const minutes = Math.ceil((fires * 1.1) / everyMinutes) * everyMinutes
  return { minutes, ratio, reset: minutesToReset(pair, budget, ratio) }
}

/** Of an incident, an evaluation in which the alert still fires, and one in which it does not, each at its own place of the grid. */
function storiesOf(pair: BurnPair, budget: number): Story[] {
  const step = pair.severity === 'page' ? 1 : 30
  const { minutes, ratio, reset } = incident(pair, budget, step)
  const alert = { severity: pair.severity, burn: pair.speed }
  const moments = [
    { after: Math.ceil(reset / step) * step - step, isFiring: true },
    { after: Math.floor(reset / step) * step + step, isFiring: false },
  ]
  return moments.map(({ after, isFiring }) => {
    const lead = 60 - ((minutes + after) % 30)
    const traffic = [
      { minutes: lead, perMinute },
      { minutes, perMinute, bad: perMinute * ratio },
      { minutes: after + 1, perMinute },
    ]
    const name = `${pair.severity} ${pair.speed}, ${after} minutes after the end`
    return { name, traffic, expected: [{ at: lead + minutes + after, alert, isFiring }] }
  })
}

test('every alert of every SLO ends when the arithmetic says, and not before', async () => {
  const plays = [...Map.groupBy(promises, ({ slo }) => slo.budget)].flatMap(([budget, members]) =>
    burnPairs.map((pair): Play => {
      const making = { intervalSeconds: 1_800, unmended: [] }
      const cast = members.map(({ slo, groupFor }) => ({ slo, group: groupFor(making) }))
      return {
        cast,
        everyMinutes: 30,
        scrapeSeconds: pair.severity === 'page' ? 15 : 60,
        stories: storiesOf(pair, budget),
      }
    }),
  )
  expect(await complaintsOf(plays)).toBe('')
}, 120_000)

// Share of errors, minutes; the first and last minute in which a page fires, and a ticket.
type Row = [ratio: number, minutes: number, page: [number, number] | null, ticket: [number, number] | null]
const blips: Row[] = [
  [1, 1, [1, 5], null],
  [1, 2, [1, 6], null],
  [1, 3, [1, 32], null],
  [1, 5, [1, 34], [7, 364]],
  [1, 10, [1, 39], [7, 369]],
  [1, 60, [1, 89], [7, 419]],
  [0.02, 60, [44, 61], null],
  // A minute before and a minute after it stands exactly on the threshold.
  [0.01, 300, [217, 311], null],
]

test('short incidents at 99.9 % page and end as the table of resets says', async () => {
  const { slo, groupFor } = await promiseNamed('exams-saves')
  const group = groupFor({ intervalSeconds: 60, unmended: [] })
  const lead = 10
  const plays = blips.flatMap(([ratio, minutes, page, ticket]) =>
    [page, ticket].map((span, index): Play => {
      const severity = index === 0 ? 'page' : 'ticket'
      const firing = `count by (sloth_id) (count by (sloth_id) (ALERTS{alertstate="firing", severity="${severity}"}))`
      const end = (span?.[1] ?? minutes + 10) + 2
      const around = (first: number, last: number): Expected[] => [
        { at: lead + Math.max(0, first - 2), none: firing },
        { at: lead + first, each: firing },
        { at: lead + last, each: firing },
        { at: lead + last + 1, none: firing },
      ]
      const expected = span
        ? around(...span)
        : [
            { at: lead + minutes, none: firing },
            { at: lead + end, none: firing },
          ]
      const traffic = [
        { minutes: lead, perMinute },
        { minutes, perMinute, bad: perMinute * ratio },
        { minutes: end - minutes + 1, perMinute },
      ]
      const name = `${severity}: ${ratio * 100} % for ${minutes} minutes`
      return {
        ...{ cast: [{ slo, group }], everyMinutes: 1, scrapeSeconds: 15 },
        stories: [{ name, traffic, expected }],
      }
    }),
  )
  expect(await complaintsOf(plays)).toBe('')
}, 120_000)
