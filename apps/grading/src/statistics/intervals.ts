/** The range in which the true value lies with 95 % confidence. */
export type Interval = { low: number; high: number }

const z95 = 1.959963984540054

/**
 * Wilson's score interval for a share of `size` trials; `null` for a share outside 0…1 or without trials. For marks with part
 * credit it is wider than it need be: no variable in 0…1 spreads more than one that is only ever 0 or 1.
 */
export function wilsonInterval(share: number | null, size: number): Interval | null {
  if (share === null || size === 0 || share < 0 || share > 1) return null
  const square = z95 ** 2
  const centre = (share + square / (2 * size)) / (1 + square / size)
  const half = (z95 / (1 + square / size)) * Math.sqrt((share * (1 - share)) / size + square / (4 * size ** 2))
  return { low: Math.max(0, Math.min(share, centre - half)), high: Math.min(1, Math.max(share, centre + half)) }
}

/** Fisher's z interval for a correlation, both in percent; `null` for fewer than four pairs. */
export function correlationInterval(percent: number | null, size: number): Interval | null {
  if (percent === null || size < 4) return null
  // At ±100 the transform is infinite; the interval is the point.
  if (Math.abs(percent) >= 100) return { low: Math.sign(percent) * 100, high: Math.sign(percent) * 100 }
  const centre = Math.atanh(percent / 100)
  const half = z95 / Math.sqrt(size - 3)
  return { low: 100 * Math.tanh(centre - half), high: 100 * Math.tanh(centre + half) }
}
