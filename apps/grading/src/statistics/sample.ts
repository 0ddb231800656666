import { parseDecimal, type Rational } from '@hourglass/scoring/rational'

/** A mark in hundred-thousandths, the finest that marks are rounded to: sums, and so the tests for 0, are exact. */
export type Units = bigint

const unitsPerMark = 100_000n

/** Reads a mark of at most five places. */
export function toUnits(marks: string): Units {
  const { numerator, denominator }: Rational = parseDecimal(marks)
  return (numerator * unitsPerMark) / denominator
}

export const toMarks = (units: number): number => units / Number(unitsPerMark)

export const total = (values: readonly Units[]): Units => values.reduce((sum, value) => sum + value, 0n)

export const mean = (values: readonly Units[]): number => Number(total(values)) / values.length

/** Covariance with n − 1, from an exact numerator: 0 exactly where it is 0. `null` for fewer than two pairs. */
export function covariance(a: readonly Units[], b: readonly Units[]): number | null {
  const size = BigInt(a.length)
  if (size < 2n || a.length !== b.length) return null
  const products = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0n), 0n)
  return Number(size * products - total(a) * total(b)) / Number(size * (size - 1n))
}

export const variance = (values: readonly Units[]): number | null => covariance(values, values)

export const ascending = (values: readonly Units[]): Units[] => values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
