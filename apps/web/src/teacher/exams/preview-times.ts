import type { Accommodation } from './class-types'

export type TimeSettings = { opensAt: string | null; closesAt: string | null; limitSeconds: number | null }
export type Profile = Pick<Accommodation, 'timeFactor' | 'extraMinutes'>
export type Given = { limitSeconds: number | null; closesAt: string | null }

/**
 * What a student with a standing profile will get of an exam that is not saved yet: the server's rule (`resolveAccess` in exams),
 * without overrides, for a new exam has none. The profile lengthens the limit and, by as much, the close; without a limit the window.
 */
export function previewTimes({ opensAt, closesAt, limitSeconds }: TimeSettings, profile: Profile): Given {
  if (profile.timeFactor === 'unlimited') return { limitSeconds: null, closesAt: null }
  const factor = Number(profile.timeFactor)
  const lengthen = (seconds: number) => Math.ceil(seconds * factor) + profile.extraMinutes * 60
  if (factor === 1 && profile.extraMinutes === 0) return { limitSeconds, closesAt }
  const windowSeconds =
    opensAt !== null && closesAt !== null ? Math.max(0, (Date.parse(closesAt) - Date.parse(opensAt)) / 1_000) : 0
  const base = limitSeconds ?? windowSeconds
  const addedSeconds = lengthen(base) - base
  return {
    limitSeconds: limitSeconds === null ? null : lengthen(limitSeconds),
    closesAt: closesAt === null ? null : new Date(Date.parse(closesAt) + addedSeconds * 1_000).toISOString(),
  }
}
