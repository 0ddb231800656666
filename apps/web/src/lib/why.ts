import type { AccessView } from '@hourglass/exams/model'
import { t } from '../messages/why'
import { formatDateTime, formatDuration } from './format'

type Profile = NonNullable<AccessView['opensAt']['accommodation']>
type Reason = Omit<AccessView['opensAt'], 'value' | 'why'> & { from?: string | number | null }

/** The rule that won, and what the student's profile added: "30 minutes, with 1.5× time." Empty where the exam's own holds. */
export function whyWords({ rule, group, accommodation, from }: Reason): string {
  const words = rule === 'exam' ? [] : [rule === 'own-override' ? t('why.own') : t('why.group', { group: group ?? '' })]
  if (accommodation) {
    const profile = profileWords(accommodation)
    if (typeof from === 'number') words.push(t('why.longer', { from: formatDuration(from), profile }))
    else words.push(from ? t('why.later', { from: formatDateTime(from), profile }) : t('why.only', { profile }))
  }
  return words.join(' ')
}

/** "1.5× time and 10 extra minutes" */
export function profileWords({ timeFactor, extraMinutes }: Profile): string {
  if (timeFactor === 'unlimited') return t('profile.unlimited')
  const minutes = t('profile.minutes', { count: extraMinutes })
  if (timeFactor === '1') return minutes
  const factor = t('profile.factor', { factor: timeFactor })
  return extraMinutes > 0 ? t('profile.both', { factor, minutes }) : factor
}
