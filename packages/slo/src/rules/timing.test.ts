import { expect, test } from 'bun:test'
import { readPromises } from '../../fixtures/promises'
import { complaintsOf, type Expected, type Play, type Story } from '../../fixtures/promtool'
import { type BurnPair, burnPairs, minutesToFire, type Severity } from '../burn/burn'

/** Errors in budgets: the rows of the timing table at 99.9 %, from 100 % errors to 0.09 %. */
const burns = [1000, 500, 100, 50, 20, 14.5, 10, 6.5, 5, 3.1, 2, 1.1, 0.9]
const perMinute = 10_000
const promises = await readPromises()

/** Lead, then burning until the end. What was before counts as clean, however short it is. */
const burning = (lead: number, minutes: number, budget: number, burn: number) => [
  { minutes: lead, perMinute },
  { minutes: Math.max(1, minutes), perMinute, bad: perMinute * Math.min(1, burn * budget) },
]

const aroundOf = (pair: BurnPair, lead: number, silent: number, firing: number): Expected[] => [
  { at: lead + silent, alert: { severity: pair.severity, burn: pair.speed }, isFiring: false },
  { at: lead + firing, alert: { severity: pair.severity, burn: pair.speed }, isFiring: true },
]

/** The last minute in which an alert must be silent, and the first in which it must fire. An exact minute is on the edge: one is given. */
const minutesAround = (minutes: number) => ({ silent: Math.ceil(minutes) - 1, firing: Math.floor(minutes) + 1 })

type Row = { burn: number; budget: number }
type Timed = { everyMinutes: number; scrapeSeconds: number; pairs: readonly BurnPair[]; story: Story }

const pairsOf = (severity: Severity) => burnPairs.filter((pair) => pair.severity === severity)
const firesAfter = (pair: BurnPair, { burn, budget }: Row) => minutesToFire(pair, budget, Math.min(1, burn * budget))
const nameOf = (pair: BurnPair, { burn }: Row) => `${pair.severity} ${pair.speed} at a burn of ${burn}`

/** An alert that never comes, looked for again and again. */
function silentStory(pair: BurnPair, { burn, budget }: Row): Timed {
  const lengths = pair.severity === 'page' ? [60, 360, 720] : [1_440, 4_320, 4_560]
  const alert = { severity: pair.severity, burn: pair.speed }
  const expected = lengths.map((at) => ({ at: 120 + at, alert, isFiring: false }))
  const traffic = burning(120, lengths.at(-1) ?? 0, budget, burn)
  const everyMinutes = pair.severity === 'page' ? 60 : 120
  return {
    everyMinutes,
    scrapeSeconds: 60,
    pairs: [pair],
    story: { name: nameOf(pair, { burn, budget }), traffic, expected },
  }
}

/** Page windows are raw, so evaluations that fall on just the two minutes show them: those between are not needed. */
function pageStories(pair: BurnPair, row: Row): Timed[] {
  const fires = firesAfter(pair, row)
  if (fires === null) return [silentStory(pair, row)]
  const { silent, firing } = minutesAround(fires)
  const everyMinutes = fires <= 10 ? 1 : 30
  return aroundOf(pair, 0, silent, firing).map((expected) => {
    const lead = everyMinutes === 1 ? 10 : 60 - (expected.at % 30)
    const traffic = burning(lead, expected.at, row.budget, row.burn)
    const story = { name: nameOf(pair, row), traffic, expected: [{ ...expected, at: lead + expected.at }] }
    return { everyMinutes, scrapeSeconds: 15, pairs: [pair], story }
  })
}

/** So much later than the arithmetic says: of what is recorded over 5 minutes the first are half clean. */
const recordingLagMinutes = { least: 1, most: 2 }

/** Ticket windows are sums of what was recorded, so they are as fine as the evaluations: from a minute to an hour, at most a thirtieth. */
function ticketStories(pair: BurnPair, row: Row): Timed[] {
  const fires = firesAfter(pair, row)
  if (fires === null) return [silentStory(pair, row)]
  const everyMinutes = fires <= 10 ? 1 : ([5, 15, 30].find((step) => fires <= step * 30) ?? 60)
  const lead = everyMinutes === 1 ? 10 : 120
  const lag = everyMinutes === 1 ? recordingLagMinutes : { least: 0, most: 0 }
  const { silent } = minutesAround(fires / everyMinutes + lag.least)
  const { firing } = minutesAround(fires / everyMinutes + lag.most)
  const expected = aroundOf(pair, lead, silent * everyMinutes, firing * everyMinutes)
  const traffic = burning(lead, firing * everyMinutes, row.budget, row.burn)
  const scrapeSeconds = everyMinutes === 1 ? 15 : 60
  return [
    { everyMinutes, scrapeSeconds, pairs: pairsOf('ticket'), story: { name: nameOf(pair, row), traffic, expected } },
  ]
}

/** Of one traffic all is asked at once. */
const merge = (timed: readonly Timed[]): Timed[] =>
  [
    ...Map.groupBy(
      timed,
      ({ everyMinutes, pairs, story }) => `${everyMinutes} ${pairs.length} ${JSON.stringify(story.traffic)}`,
    ).values(),
  ].map(([first, ...others]) => {
    if (!first) throw new Error('a group of none')
    const expected = [first, ...others].flatMap(({ story }) => story.expected)
    return { ...first, story: { ...first.story, expected } }
  })

/** SLOs of one budget go through the same stories. */
function playsOf(severity: Severity): Play[] {
  const storiesOf = severity === 'page' ? pageStories : ticketStories
  return [...Map.groupBy(promises, ({ slo }) => slo.budget)].flatMap(([budget, members]) => {
    const rows = [1 / budget, ...burns.filter((burn) => burn < 1 / budget)].map((burn) => ({ burn, budget }))
    const timed = merge(rows.flatMap((row) => pairsOf(severity).flatMap((pair) => storiesOf(pair, row))))
    const plays = Map.groupBy(timed, ({ story: _, ...setting }) => JSON.stringify(setting))
    return [...plays.values()].map((its) => {
      const { everyMinutes = 1, scrapeSeconds = 60 } = its[0] ?? {}
      const making = { intervalSeconds: everyMinutes * 60, unmended: [] }
      const cast = members.map(({ slo, groupFor }) => ({ slo, group: groupFor(making) }))
      return { cast, everyMinutes, scrapeSeconds, stories: its.map(({ story }) => story) }
    })
  })
}

/** How often it is asked whether an alert of an SLO fires. */
const questionsIn = (plays: readonly Play[]) =>
  plays.reduce((sum, { cast, stories }) => sum + cast.length * stories.flatMap(({ expected }) => expected).length, 0)

test('every page of every SLO fires in the minute that the arithmetic says, and not in the one before', async () => {
  const plays = playsOf('page')
  expect(questionsIn(plays)).toBeGreaterThan(promises.length * 30)
  expect(await complaintsOf(plays)).toBe('')
}, 120_000)

test('every ticket of every SLO fires when the arithmetic says, and not a step before', async () => {
  const plays = playsOf('ticket')
  expect(questionsIn(plays)).toBeGreaterThan(promises.length * 30)
  expect(await complaintsOf(plays)).toBe('')
}, 120_000)
