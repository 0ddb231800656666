import type { KeyOf } from '@hourglass/questions/key'
import type { Raw } from './outcome'
import { one, ratio, zero } from './rational'

/** An equal share for each prompt with its right option (Moodle `qtype_match`). */
export function scoreMatching(key: KeyOf<'matching'>, pairs: Readonly<Record<string, string>>): Raw {
  const prompts = Object.entries(key.pairs)
  const right = prompts.filter(([prompt, option]) => Object.hasOwn(pairs, prompt) && pairs[prompt] === option)
  return { fraction: prompts.length ? ratio(right.length, prompts.length) : zero, feedback: [] }
}

/** By the question's rule: all or nothing, a share for each item in its place, or for each two items in the right order. */
export function scoreOrdering(key: KeyOf<'ordering'>, order: readonly string[]): Raw {
  const placeOf = new Map([...new Set(order)].map((id, place) => [id, place]))
  const places = key.order.map((id) => placeOf.get(id) ?? null)
  const isComplete = order.length === key.order.length
  const inPlace = isComplete ? places.filter((place, index) => place === index).length : 0
  if (key.order.length === 0) return { fraction: zero, feedback: [] }
  if (key.credit === 'exact' || key.order.length === 1) {
    return { fraction: inPlace === key.order.length ? one : zero, feedback: [] }
  }
  if (key.credit === 'position') return { fraction: ratio(inPlace, key.order.length), feedback: [] }
  const size = key.order.length
  return { fraction: ratio(countPairsInOrder(places), (size * (size - 1)) / 2), feedback: [] }
}

function countPairsInOrder(places: readonly (number | null)[]): number {
  let count = 0
  places.forEach((earlier, index) => {
    for (const later of places.slice(index + 1)) {
      if (earlier !== null && later !== null && earlier < later) count++
    }
  })
  return count
}
