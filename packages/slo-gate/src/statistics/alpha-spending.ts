/**
 * How much of the probability of a false alarm a look may spend that comes at a share `now` of the whole time, when the look before it
 * came at `before`: Lan and DeMets' function in the manner of Pocock, α·ln(1 + (e − 1)·t), 1983. All looks together spend `alpha` at the
 * most, however many there are.
 */
export const spendable = (alpha: number, before: number, now: number): number =>
  Math.max(0, spentUntil(alpha, now) - spentUntil(alpha, before))

const spentUntil = (alpha: number, share: number): number =>
  alpha * Math.log(1 + (Math.E - 1) * Math.min(1, Math.max(0, share)))
