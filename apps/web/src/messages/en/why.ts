/** Why a student's time is not simply the exam's. */
export const why = {
  'why.own': 'An exception for one student.',
  'why.group': 'An exception for the group {group}.',
  'why.longer': '{from}, with {profile}.',
  'why.later': 'Later than {from}, with {profile}.',
  'why.only': 'With {profile}.',
  'profile.unlimited': 'unlimited time',
  'profile.minutes': { one: '{count} extra minute', other: '{count} extra minutes' },
  'profile.factor': '{factor}× time',
  'profile.both': '{factor} and {minutes}',
} as const
