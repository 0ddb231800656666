import { expect, test } from 'bun:test'
import { promiseNamed, readPromises } from '../../fixtures/promises'
import { complaintsOf, type Play, type Story } from '../../fixtures/promtool'
import { type BurnPair, burnPairs, minutesToFire, minutesToReset, type Severity } from '../burn/burn'
import { asCommitted } from './defects'

const perMinute = 10_000
const promises = await readPromises()

/** An incident that lasts until the pair has fired for a while, then nothing bad any more. */
function incident(pair: BurnPair, budget: number, everyMinutes: number) {
  const ratio = Math.min(1, 2 * pair.factor * budget)
  const fires = minutesToFire(pair, budget, ratio) ?? 0
  const minutes = Math.ceil((fires * 1.1) / everyMinutes) * everyMinutes
  return { minutes, ratio, reset: minutesToReset(pair, budget, ratio) }
}

/** Of an incident, an evaluation in which the alert still fires, and one in which it does not, each where evaluations fall. */
function storiesOf(pair: BurnPair, budget: number): Story[] {
  const step = pair.severity === 'page' ? 1 : 30
  const { minutes, ratio, reset } = incident(pair, budget, step)
  const alert = { severity: pair.severity, burn: pair.speed }
  const last = { after: Math.ceil(reset / step) * step - step, isFiring: true }
  const over = { after: Math.floor(reset / step) * step + step, isFiring: false }
  return (step === 1 ? [[last], [over]] : [[last, over]]).map((moments) => {
    const end = Math.max(...moments.map(({ after }) => after))
    const lead = 60 - ((minutes + end) % 30)
    const traffic = [
      { minutes: lead, perMinute },
      { minutes, perMinute, bad: perMinute * ratio },
      { minutes: end + 1, perMinute },
    ]
    const expected = moments.map(({ after, isFiring }) => ({ at: lead + minutes + after, alert, isFiring }))
    return { name: `${pair.severity} ${pair.speed}, ${end} minutes after the end`, traffic, expected }
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

// Share of errors, minutes; the first and last minute in which a page fires, and a ticket, where that is asked.
type Span = [first: number, last: number]
type Row = [ratio: number, minutes: number, page: Span | null, ticket?: Span | null]
const blips: Row[] = [
  [1, 1, [1, 5], null],
  [1, 2, [1, 6], null],
  [1, 3, [1, 32], null],
  [1, 5, [1, 34], [7, 364]],
  [1, 10, [1, 39]],
  [1, 60, [1, 89]],
  [0.02, 60, [44, 61]],
  // A minute before and a minute after it stands exactly on the threshold.
  [0.01, 300, [217, 311]],
]

/** The story of a short incident, asked about the alerts of one severity: `null`, none comes. */
function blipStory([ratio, minutes]: Row, severity: Severity, span: Span | null): Story {
  const lead = 10
  const end = (span?.[1] ?? minutes + 10) + 2
  const firing = `count by (sloth_id) (ALERTS{alertstate="firing", severity="${severity}"})`
  const fires = (at: number) => ({ at: lead + at, each: firing })
  const isSilent = (at: number) => ({ at: lead + at, none: firing })
  const around = ([first, last]: Span) => [
    isSilent(Math.max(0, first - 2)),
    fires(first),
    fires(last),
    isSilent(last + 1),
  ]
  return {
    name: `${severity}: ${ratio * 100} % for ${minutes} minutes`,
    traffic: [
      { minutes: lead, perMinute },
      { minutes, perMinute, bad: perMinute * ratio },
      { minutes: end - minutes + 1, perMinute },
    ],
    expected: span ? around(span) : [isSilent(minutes), isSilent(end)],
  }
}

test('short incidents at 99.9 % page and end as the table of resets says', async () => {
  const { slo, groupFor } = await promiseNamed('exams-saves')
  const setting = { cast: [{ slo, group: groupFor(asCommitted) }], everyMinutes: 1, scrapeSeconds: 15 }
  const plays = blips.flatMap((row): Play[] => {
    const [, , page, ticket] = row
    const stories = [blipStory(row, 'page', page)]
    const asked = ticket === undefined ? [] : [blipStory(row, 'ticket', ticket)]
    return [stories, asked].filter((its) => its.length > 0).map((its) => ({ ...setting, stories: its }))
  })
  expect(await complaintsOf(plays)).toBe('')
}, 120_000)
