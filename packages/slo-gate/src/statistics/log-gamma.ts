// Lanczos' approximation with g = 7 and nine coefficients (P. Godfrey, 2001): fifteen digits.
const coefficients = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** The logarithm of Γ(x), for x ≥ 0.5. */
export function logGamma(x: number): number {
  const z = x - 1
  const series = coefficients.reduce((sum, each, index) => sum + each / (z + index + 1), 0.99999999999980993)
  const base = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(base) - base + Math.log(series)
}

/** The logarithm of the number of ways to take `k` of `n`. */
export const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
