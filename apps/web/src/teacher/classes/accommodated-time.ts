import type { Accommodation } from '@hourglass/students/model'

/** How many minutes an exam of 60 lasts with an accommodation: the factor first, then the extra minutes. `null`: no end. */
export function minutesOfHour({
  timeFactor,
  extraMinutes,
}: Pick<Accommodation, 'timeFactor' | 'extraMinutes'>): number | null {
  return timeFactor === 'unlimited' ? null : 60 * Number(timeFactor) + extraMinutes
}
