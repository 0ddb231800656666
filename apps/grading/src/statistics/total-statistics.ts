import { ascending, mean, toMarks, type Units, variance } from './sample'

export type TotalNumbers = {
  attempts: number
  mean: number | null
  median: number | null
  standardDeviation: number | null
  lowest: number | null
  highest: number | null
  /** `null` for fewer than three attempts, or when all totals are equal. */
  skewness: number | null
  /** Excess over the normal distribution's; `null` for fewer than four attempts, or when all totals are equal. */
  kurtosis: number | null
}

/** Of the attempts' totals, by Moodle's k-statistics (`mod/quiz/report/statistics/classes/calculator.php`). */
export function describeTotals(totals: readonly Units[]): TotalNumbers {
  const size = totals.length
  const sorted = ascending(totals).map((units) => toMarks(Number(units)))
  const k2 = variance(totals)
  const moment = (power: number) => {
    const centre = mean(totals)
    return totals.reduce((sum, value) => sum + (Number(value) - centre) ** power, 0) / size
  }
  const [m2, m3, m4] = [moment(2), moment(3), moment(4)]
  const k3 = (size ** 2 * m3) / ((size - 1) * (size - 2))
  const k4 = (size ** 2 * ((size + 1) * m4 - 3 * (size - 1) * m2 ** 2)) / ((size - 1) * (size - 2) * (size - 3))
  return {
    attempts: size,
    mean: size > 0 ? toMarks(mean(totals)) : null,
    median: medianOf(sorted),
    standardDeviation: k2 === null ? null : toMarks(Math.sqrt(k2)),
    lowest: sorted[0] ?? null,
    highest: sorted.at(-1) ?? null,
    skewness: size > 2 && k2 ? k3 / k2 ** 1.5 : null,
    kurtosis: size > 3 && k2 ? k4 / k2 ** 2 : null,
  }
}

function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

export type Consistency = {
  /** Cronbach's α in percent, at most 100, negative where the questions contradict each other. */
  internalConsistency: number | null
  errorRatio: number | null
  /** Marks by which a total is uncertain. */
  standardError: number | null
}

/**
 * `questions` holds the marks of each question, in the same order of attempts. `null` for fewer than two questions or attempts,
 * and where all totals are equal.
 */
export function describeConsistency(questions: readonly (readonly Units[])[], totals: readonly Units[]): Consistency {
  const k2 = variance(totals)
  const size = questions.length
  if (size < 2 || !k2) return { internalConsistency: null, errorRatio: null, standardError: null }
  const own = questions.reduce((sum, marks) => sum + (variance(marks) ?? 0), 0)
  const internalConsistency = ((100 * size) / (size - 1)) * (1 - own / k2)
  // Rounding may lift a perfect α a hair above 100, where the root would not exist.
  const errorRatio = 100 * Math.sqrt(Math.max(0, 1 - internalConsistency / 100))
  return { internalConsistency, errorRatio, standardError: toMarks((errorRatio * Math.sqrt(k2)) / 100) }
}
