/** One-sided 95 %. */
const usualZ = 1.6448536269514722

/**
 * The lower bound of a share of which `bad` of `total` were seen: below it the true share lies in one of twenty cases.
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927.
 */
export function wilsonLowerBound(bad: number, total: number, z = usualZ): number {
  if (total <= 0) return 0
  const share = Math.min(1, bad / total)
  const square = z ** 2
  const middle = share + square / (2 * total)
  const spread = z * Math.sqrt((share * (1 - share) + square / (4 * total)) / total)
  return Math.max(0, (middle - spread) / (1 + square / total))
}
