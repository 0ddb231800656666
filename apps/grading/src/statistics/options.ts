import type { Response } from '@hourglass/questions/response'
import { isEmptyResponse } from '@hourglass/scoring'

export type Thirds = { lower: number; middle: number; upper: number }
/** How often an answer was given, in all and by thirds of the attempts ranked by their totals. */
export type OptionCount = Thirds & { optionId: string; count: number }
export type Third = keyof Thirds

/**
 * The third of each attempt, by total; among equal totals by attempt id, so that the order of the input plays no part. Where
 * the size is no multiple of three the middle takes the rest: lower and upper are of one size, so that they can be compared.
 */
export function rankThirds(attempts: readonly { attemptId: string; total: bigint }[]): Map<string, Third> {
  const ranked = attempts.toSorted((a, b) =>
    a.total === b.total ? (a.attemptId < b.attemptId ? -1 : 1) : a.total < b.total ? -1 : 1,
  )
  const outer = Math.floor(ranked.length / 3)
  return new Map(
    ranked.map(({ attemptId }, index) => [
      attemptId,
      index < outer ? 'lower' : index >= ranked.length - outer ? 'upper' : 'middle',
    ]),
  )
}

export type GivenAnswer = { response: Response | null; third: Third }

/** Counts by option: `optionIds` first, in their order and also where nobody chose them, `''` last for no answer. */
export function countOptions(answers: readonly GivenAnswer[], optionIds: readonly string[]): OptionCount[] {
  const counts = new Map([...optionIds, ''].map((optionId) => [optionId, { lower: 0, middle: 0, upper: 0 }]))
  for (const { response, third } of answers) {
    const chosen = chosenOptions(response).filter((optionId) => counts.has(optionId))
    for (const optionId of chosen.length > 0 ? chosen : ['']) {
      const count = counts.get(optionId)
      if (count) count[third]++
    }
  }
  return [...counts].map(([optionId, { lower, middle, upper }]) => ({
    optionId,
    count: lower + middle + upper,
    lower,
    middle,
    upper,
  }))
}

/** The most frequent texts, at most `limit`, as people wrote them but for case and outer spaces. */
export function countTexts(
  answers: readonly GivenAnswer[],
  limit = 10,
): (Omit<OptionCount, 'optionId'> & { text: string })[] {
  const counts = new Map<string, Thirds>()
  for (const { response, third } of answers) {
    if (response?.type !== 'short-answer' && response?.type !== 'numeric') continue
    const text = response.text.trim().toLowerCase()
    if (text === '') continue
    const count = counts.get(text) ?? { lower: 0, middle: 0, upper: 0 }
    count[third]++
    counts.set(text, count)
  }
  return [...counts]
    .map(([text, { lower, middle, upper }]) => ({ text, count: lower + middle + upper, lower, middle, upper }))
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, limit)
}

function chosenOptions(response: Response | null): string[] {
  if (!response || isEmptyResponse(response)) return []
  if (response.type === 'single-choice') return response.choice === null ? [] : [response.choice]
  if (response.type === 'multiple-choice') return [...new Set(response.choices)]
  return response.type === 'true-false' ? [String(response.value)] : []
}
