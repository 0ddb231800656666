import { ascending, covariance, mean, toMarks, type Units, variance } from './sample'

/** One question over the attempts that had it: the marks, and the same attempts' totals. */
export type QuestionSample = { maxMarks: Units; marks: readonly Units[]; totals: readonly Units[] }

export type QuestionNumbers = {
  /** Mean mark by the maximum, 0 to 1; below 0 with negative marks. `null` without attempts or maximum. */
  facility: number | null
  /** Of the marks, with n − 1; `null` for fewer than two attempts. */
  standardDeviation: number | null
  /** Percent, −100 to 100: correlation of the mark with the rest of the total; `null` where either does not vary. */
  discriminationIndex: number | null
  /** Percent of the covariance that these marks could have at best; `null` where that is 0. */
  discriminativeEfficiency: number | null
}

/** Moodle `question/classes/statistics/questions/calculator.php`, with the rest score o = total − mark. */
export function describeQuestion({ maxMarks, marks, totals }: QuestionSample): QuestionNumbers {
  const rest = marks.map((mark, index) => (totals[index] ?? 0n) - mark)
  const [markVariance, restVariance] = [variance(marks), variance(rest)]
  const shared = covariance(marks, rest)
  const best = covariance(ascending(marks), ascending(rest))
  return {
    facility: marks.length > 0 && maxMarks !== 0n ? mean(marks) / Number(maxMarks) : null,
    standardDeviation: markVariance === null ? null : toMarks(Math.sqrt(markVariance)),
    discriminationIndex:
      shared === null || !markVariance || !restVariance
        ? null
        : (100 * shared) / Math.sqrt(markVariance * restVariance),
    discriminativeEfficiency: shared === null || !best ? null : (100 * shared) / best,
  }
}

/**
 * Percent of the total's spread that each question brings: 100 · √cov(x, T) / Σ √cov over the questions with cov ≥ 0; `null`
 * for a question with a negative covariance, and for all where none varies with the total (Moodle).
 */
export function effectiveWeights(questions: readonly QuestionSample[]): (number | null)[] {
  const roots = questions.map(({ marks, totals }) => {
    const shared = covariance(marks, totals)
    return shared === null || shared < 0 ? null : Math.sqrt(shared)
  })
  const sum = roots.reduce<number>((all, root) => all + (root ?? 0), 0)
  return roots.map((root) => (root === null || sum === 0 ? null : (100 * root) / sum))
}
