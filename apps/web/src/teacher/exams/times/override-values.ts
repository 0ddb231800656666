import type { NewOverride, Override, OverrideChange } from '@hourglass/exams/model'
import { parseAttempts, parseMinutes, toMinutes } from '../form-values'

/** Per field: `as-is` leaves what holds without this exception, `without` lifts the limit, `set` sets a value. */
export type Choice = 'as-is' | 'set' | 'without'
export type OverrideField = 'opensAt' | 'closesAt' | 'limitSeconds' | 'attemptsAllowed' | 'password'

export type OverrideValues = {
  subject: 'person' | 'group'
  personId: string | null
  group: string | null
  choice: Record<OverrideField, Choice>
  opensAt: string | null
  closesAt: string | null
  limitMinutes: string
  attemptsAllowed: string
  password: string
  reason: string
}

export const emptyOverride = (personId: string | null = null): OverrideValues => ({
  subject: 'person',
  personId,
  group: null,
  choice: { opensAt: 'as-is', closesAt: 'as-is', limitSeconds: 'as-is', attemptsAllowed: 'as-is', password: 'as-is' },
  opensAt: null,
  closesAt: null,
  limitMinutes: '',
  attemptsAllowed: '',
  password: '',
  reason: '',
})

const choiceOf = (value: unknown): Choice => (value === undefined ? 'as-is' : value === null ? 'without' : 'set')

export const fromOverride = (override: Override): OverrideValues => ({
  subject: override.personId === null ? 'group' : 'person',
  personId: override.personId,
  group: override.group,
  choice: {
    opensAt: choiceOf(override.opensAt),
    closesAt: choiceOf(override.closesAt),
    limitSeconds: choiceOf(override.limitSeconds),
    attemptsAllowed: choiceOf(override.attemptsAllowed),
    password: override.hasPassword === undefined ? 'as-is' : override.hasPassword ? 'set' : 'without',
  },
  opensAt: override.opensAt ?? null,
  closesAt: override.closesAt ?? null,
  limitMinutes: toMinutes(override.limitSeconds ?? null),
  attemptsAllowed: override.attemptsAllowed ? String(override.attemptsAllowed) : '',
  password: '',
  reason: override.reason,
})

/** What must be mended; `nothing` when no field is overridden at all. */
export function findOverrideFaults(
  values: OverrideValues,
  before: Override | null,
): Set<OverrideField | 'subject' | 'nothing'> {
  const faults = new Set<OverrideField | 'subject' | 'nothing'>()
  const { choice } = values
  if ((values.subject === 'person' ? values.personId : values.group) === null) faults.add('subject')
  if (Object.values(choice).every((each) => each === 'as-is')) faults.add('nothing')
  if (choice.opensAt === 'set' && values.opensAt === null) faults.add('opensAt')
  if (choice.closesAt === 'set' && values.closesAt === null) faults.add('closesAt')
  if (choice.limitSeconds === 'set' && !parseMinutes(values.limitMinutes)) faults.add('limitSeconds')
  if (choice.attemptsAllowed === 'set' && !parseAttempts(values.attemptsAllowed)) faults.add('attemptsAllowed')
  if (choice.password === 'set' && values.password === '' && !before?.hasPassword) faults.add('password')
  return faults
}

function toFields({ choice, ...values }: OverrideValues) {
  const pick = <T>(field: OverrideField, value: T): T | null | undefined =>
    choice[field] === 'as-is' ? undefined : choice[field] === 'without' ? null : value
  const fields = {
    opensAt: pick('opensAt', values.opensAt),
    closesAt: pick('closesAt', values.closesAt),
    limitSeconds: pick('limitSeconds', parseMinutes(values.limitMinutes) ?? null),
    attemptsAllowed: pick('attemptsAllowed', parseAttempts(values.attemptsAllowed) ?? null),
    ...(choice.password === 'set' && values.password === '' ? {} : { password: pick('password', values.password) }),
  }
  return { ...fields, reason: values.reason.trim() }
}

export const toNewOverride = (examId: string, values: OverrideValues): NewOverride => ({
  examId,
  ...(values.subject === 'person' ? { personId: values.personId ?? '' } : { group: values.group ?? '' }),
  ...toFields(values),
})

/** A password that is set and not typed anew stays, for nobody can read it back. */
export const toOverrideChange = (values: OverrideValues): OverrideChange => ({
  ...toFields(values),
  keepPassword: values.choice.password === 'set' && values.password === '',
})
