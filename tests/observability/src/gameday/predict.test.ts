import { expect, test } from 'bun:test'
import { burnPairs, minutesToFire } from '@hourglass/slo/burn'
import { type Counted, isAsPredicted, predictFiring } from './predict'

const minuteMs = 60_000
/** Traffic of ten events a second for `healthy` minutes, then with a share of bad ones; a sample every five seconds. */
function storyOf(healthy: number, errorRatio: number, perSecond = 10): Counted[] {
  let [total, bad] = [0, 0]
  return Array.from({ length: 12 * (healthy + 60) }, (_, index) => {
    const at = index * 5_000
    const isIll = at >= healthy * minuteMs
    total += 5 * (isIll ? perSecond : 10)
    bad += isIll ? 5 * perSecond * errorRatio : 0
    return { at, total, bad }
  })
}

test.each([1, 0.5, 0.1])('with even traffic it is the arithmetic of burn rates: a share of %p', (errorRatio) => {
  const [fast] = burnPairs
  const minutes = fast && minutesToFire(fast, 0.001, errorRatio)
  const predicted = predictFiring(storyOf(10, errorRatio), 0.001)
  expect(Math.abs((predicted ?? 0) - (10 + (minutes ?? 0)) * minuteMs)).toBeLessThanOrEqual(15_000)
})

test('who sends less while it fails is heard later, and a share below the threshold never', () => {
  const even = predictFiring(storyOf(10, 1), 0.001) ?? 0
  expect(predictFiring(storyOf(10, 1, 2), 0.001) ?? 0).toBeGreaterThan(even + minuteMs)
  expect(predictFiring(storyOf(10, 0.01), 0.001)).toBeNull()
})

test('what was seen until the alert is enough, also if the moment lies after it', () => {
  const story = storyOf(10, 0.5)
  const whole = predictFiring(story, 0.001) ?? 0
  const seen = story.filter(({ at }) => at <= 11 * minuteMs)
  expect(Math.abs((predictFiring(seen, 0.001) ?? 0) - whole)).toBeLessThanOrEqual(10_000)
})

test('it may come one evaluation earlier or later than the next one', () => {
  const predicted = 10 * minuteMs
  const seconds = [-61, -60, 0, 60, 125, 126]
  expect(seconds.map((after) => isAsPredicted(predicted + after * 1_000, predicted))).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
  ])
})
