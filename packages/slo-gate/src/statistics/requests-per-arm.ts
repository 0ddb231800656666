/** One-sided 5 %, power 80 %. */
const [zAlpha, zBeta] = [1.6448536269514722, 0.8416212335729143]

/**
 * Events that each arm needs so that an error ratio of `factor` times `baseline` is seen in four of five cases, with one false alarm in
 * twenty. J. L. Fleiss, "Statistical Methods for Rates and Proportions", formula for two proportions without correction.
 */
export function requestsPerArm(baseline: number, factor: number): number {
  const worse = Math.min(1, baseline * factor)
  const mean = (baseline + worse) / 2
  const alike = zAlpha * Math.sqrt(2 * mean * (1 - mean))
  const apart = zBeta * Math.sqrt(baseline * (1 - baseline) + worse * (1 - worse))
  return Math.ceil(((alike + apart) / (worse - baseline)) ** 2)
}
