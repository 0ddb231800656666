import { logGamma } from './log-gamma'

/** The regularised incomplete beta function I_x(a, b), by its continued fraction (NIST DLMF 8.17.22). */
function beta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast on this side alone.
  if (x > (a + 1) / (a + b + 2)) return 1 - beta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  return front * fraction(x, a, b)
}

const tiny = 1e-300

/** Lentz' method. */
function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < 10_000; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / notZero(1 + term * d)
      c = notZero(1 + term / c)
      value *= d * c
    }
    if (Math.abs(d * c - 1) < 1e-14) break
  }
  return value
}

const notZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value)

/**
 * The exact upper bound of a share of which `bad` of `total` were seen: the share at which so few would come up with probability `level`.
 * C. J. Clopper and E. S. Pearson, 1934. With none bad it is 1 − level^(1/total), the rule of three.
 */
export function exactUpperBound(bad: number, total: number, level: number): number {
  if (total <= 0 || bad >= total) return 1
  return bisect((share) => 1 - beta(share, bad + 1, total - bad) > level)
}

/** The exact lower bound: the share at which so many would come up with probability `level`. */
export function exactLowerBound(bad: number, total: number, level: number): number {
  if (total <= 0 || bad <= 0) return 0
  return bisect((share) => beta(share, bad, total - bad + 1) < level)
}

/** Where, from 0 to 1, something stops to be true. */
function bisect(isBelow: (share: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (isBelow(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}
