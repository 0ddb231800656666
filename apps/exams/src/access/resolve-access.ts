import type { TimeFactor } from '@hourglass/events/contracts'

/** `null` means without limit: always open, never closes, no time limit, any number of attempts, no password. */
export type AccessFields = {
  opensAt: Date | null
  closesAt: Date | null
  limitSeconds: number | null
  attemptsAllowed: number | null
  passwordHash: string | null
}
/** A field that is absent is not overridden. */
export type OverrideFields = Partial<AccessFields>
export type Accommodation = { timeFactor: TimeFactor; extraMinutes: number }

export type RuleSource = 'exam' | 'own-override' | 'group-override'
/** Which rule won, and the reason in words. `accommodation` is there when it changed the value of the rule. */
export type Because = { rule: RuleSource; group: string | null; accommodation: Accommodation | null; why: string }
/** `from` is what the rule says, before the accommodation. */
export type Resolved<T> = Because & { value: T; from: T }

export type Access = {
  opensAt: Resolved<Date | null>
  closesAt: Resolved<Date | null>
  limitSeconds: Resolved<number | null>
  attemptsAllowed: Resolved<number | null>
  /** Any of these opens the exam; none means that no password is asked for. */
  passwordHashes: Resolved<readonly string[]>
}

export type AccessRules = {
  exam: AccessFields
  own: OverrideFields | null
  groups: readonly { group: string; fields: OverrideFields }[]
  accommodation: Accommodation | null
}

/**
 * What holds for one student, field by field: the own override if it sets the field; else the most generous of the groups'
 * overrides; else the exam (Moodle, `quiz_update_effective_access`). A single group's override may also shorten. Then the
 * accommodation lengthens the limit and, by as much, the close; without a limit it stretches the window.
 */
export function resolveAccess(rules: AccessRules): Access {
  const opensAt = pick(rules, 'opensAt', (a, b) => compare(b, a, Number.NEGATIVE_INFINITY))
  const closesAt = pick(rules, 'closesAt', (a, b) => compare(a, b, Number.POSITIVE_INFINITY))
  const limitSeconds = pick(rules, 'limitSeconds', (a, b) => compare(a, b, Number.POSITIVE_INFINITY))
  const attemptsAllowed = pick(rules, 'attemptsAllowed', (a, b) => compare(a, b, Number.POSITIVE_INFINITY))
  const accommodated = accommodate({ opensAt, closesAt, limitSeconds }, rules.accommodation)
  return { opensAt, ...accommodated, attemptsAllowed, passwordHashes: pickPasswords(rules) }
}

type Times = Pick<Access, 'opensAt' | 'closesAt' | 'limitSeconds'>

function accommodate(times: Times, accommodation: Accommodation | null): Pick<Access, 'closesAt' | 'limitSeconds'> {
  const { opensAt, closesAt, limitSeconds } = times
  const changes = accommodation && (accommodation.timeFactor !== '1' || accommodation.extraMinutes > 0)
  if (!changes) return { closesAt, limitSeconds }
  const words = describeAccommodation(accommodation)
  const because = (why: string) => ({ accommodation, why: `${why} ${words}.` })
  if (accommodation.timeFactor === 'unlimited') {
    return {
      limitSeconds: { ...limitSeconds, value: null, ...because('No time limit:') },
      closesAt: { ...closesAt, value: null, ...because('Never closes:') },
    }
  }
  const factor = Number(accommodation.timeFactor)
  const extraSeconds = accommodation.extraMinutes * 60
  const lengthen = (seconds: number) => Math.ceil(seconds * factor) + extraSeconds
  const limit = limitSeconds.value
  const longer = limit === null ? null : lengthen(limit)
  const windowSeconds =
    closesAt.value && opensAt.value ? Math.max(0, (closesAt.value.getTime() - opensAt.value.getTime()) / 1_000) : 0
  const addedSeconds = limit === null || longer === null ? lengthen(windowSeconds) - windowSeconds : longer - limit
  return {
    limitSeconds:
      limit === null || longer === null
        ? limitSeconds
        : {
            ...limitSeconds,
            value: longer,
            ...because(`${minutes(longer)}: ${minutes(limit)} (${sourceWords(limitSeconds)}) with`),
          },
    closesAt: closesAt.value
      ? {
          ...closesAt,
          value: new Date(closesAt.value.getTime() + addedSeconds * 1_000),
          ...because(`Closes ${minutes(addedSeconds)} later than set (${sourceWords(closesAt)}):`),
        }
      : closesAt,
  }
}

/** `isMoreGenerous(a, b)` is positive when `a` gives more than `b`. */
function pick<Field extends Exclude<keyof AccessFields, 'passwordHash'>>(
  rules: AccessRules,
  field: Field,
  isMoreGenerous: (a: AccessFields[Field], b: AccessFields[Field]) => number,
): Resolved<AccessFields[Field]> {
  const own = rules.own?.[field]
  if (own !== undefined) return resolved(own, 'own-override', null)
  let best: { value: AccessFields[Field]; group: string } | null = null
  for (const { group, fields } of rules.groups) {
    const value = fields[field]
    if (value === undefined) continue
    if (best === null || isMoreGenerous(value, best.value) > 0) best = { value, group }
  }
  if (best) return resolved(best.value, 'group-override', best.group)
  return resolved(rules.exam[field], 'exam', null)
}

function pickPasswords({ own, groups, exam }: AccessRules): Resolved<readonly string[]> {
  const list = (hash: string | null) => (hash === null ? [] : [hash])
  if (own?.passwordHash !== undefined) return resolved(list(own.passwordHash), 'own-override', null)
  const given = groups.flatMap(({ group, fields: { passwordHash } }) =>
    passwordHash === undefined ? [] : [{ group, passwordHash }],
  )
  const [first] = given
  if (!first) return resolved(list(exam.passwordHash), 'exam', null)
  const free = given.find(({ passwordHash }) => passwordHash === null)
  if (free) return resolved([], 'group-override', free.group)
  return resolved(
    given.flatMap(({ passwordHash }) => list(passwordHash)),
    'group-override',
    first.group,
  )
}

function resolved<T>(value: T, rule: RuleSource, group: string | null): Resolved<T> {
  const because = { rule, group, accommodation: null }
  return { value, from: value, ...because, why: `As set ${sourceWords(because)}.` }
}

const sourceWords = ({ rule, group }: Pick<Because, 'rule' | 'group'>): string => {
  if (rule === 'own-override') return 'for this student'
  return rule === 'group-override' ? `for the group ${group}` : 'for the exam'
}

/** `null` stands for `unlimited`, the bound in the direction of generosity. */
function compare(a: Date | number | null, b: Date | number | null, unlimited: number): number {
  const [left, right] = [Number(a ?? unlimited), Number(b ?? unlimited)]
  return left === right ? 0 : left - right
}

function describeAccommodation({ timeFactor, extraMinutes }: Accommodation): string {
  const parts = [
    timeFactor === 'unlimited' ? 'unlimited time' : timeFactor === '1' ? null : `${timeFactor}× time`,
    extraMinutes > 0 && timeFactor !== 'unlimited' ? `${extraMinutes} extra minutes` : null,
  ].filter((part) => part !== null)
  return `${parts.join(' and ')} (accommodation)`
}

function minutes(seconds: number): string {
  const whole = Math.floor(seconds / 60)
  const rest = Math.round(seconds - whole * 60)
  return rest === 0 ? `${whole} min` : `${whole} min ${rest} s`
}
