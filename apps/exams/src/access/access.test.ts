import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { deadlineOf, sealDueAtOf } from './deadline'
import { type AccessFields, type AccessRules, resolveAccess } from './resolve-access'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute))
const exam: AccessFields = {
  opensAt: at(0),
  closesAt: at(120),
  limitSeconds: 3_600,
  attemptsAllowed: 1,
  passwordHash: 'exam',
}
const resolve = (rules: Partial<AccessRules> = {}) =>
  resolveAccess({ exam, own: null, groups: [], accommodation: null, ...rules })

describe('which rule wins', () => {
  test('without an exception the exam holds', () => {
    const access = resolve()
    expect(access.limitSeconds).toMatchObject({ value: 3_600, rule: 'exam', why: 'As set for the exam.' })
    expect(access.passwordHashes.value).toEqual(['exam'])
  })

  test('overrides resolve per field: own first, then the groups, then the exam', () => {
    const access = resolve({
      own: { limitSeconds: 60 },
      groups: [{ group: 'A', fields: { limitSeconds: 9_000, closesAt: at(240) } }],
    })
    expect(access.limitSeconds).toMatchObject({ value: 60, rule: 'own-override' })
    expect(access.closesAt).toMatchObject({ value: at(240), rule: 'group-override', group: 'A' })
    expect(access.attemptsAllowed).toMatchObject({ value: 1, rule: 'exam' })
  })

  test("a single group's override may also shorten", () => {
    expect(resolve({ groups: [{ group: 'A', fields: { limitSeconds: 60 } }] }).limitSeconds.value).toBe(60)
  })

  const generous: [
    keyof AccessFields & ('opensAt' | 'closesAt' | 'limitSeconds' | 'attemptsAllowed'),
    unknown,
    unknown,
    unknown,
  ][] = [
    ['opensAt', at(10), at(20), at(10)],
    ['opensAt', at(10), null, null],
    ['closesAt', at(10), at(20), at(20)],
    ['closesAt', null, at(20), null],
    ['limitSeconds', 60, 120, 120],
    ['limitSeconds', 60, null, null],
    ['attemptsAllowed', 2, 3, 3],
    ['attemptsAllowed', null, 3, null],
  ]
  test.each(generous)('of several groups the most generous %s wins: %p or %p is %p', (field, a, b, winner) => {
    const groups = [a, b].map((value, index) => ({ group: `g${index}`, fields: { [field]: value } }))
    expect(resolve({ groups })[field].value).toEqual(winner as never)
    expect(resolve({ groups: groups.toReversed() })[field].value).toEqual(winner as never)
  })

  test('any of the groups opens with its password, and a group without one needs none', () => {
    const group = (passwordHash: string | null) => ({ group: 'g', fields: { passwordHash } })
    expect(resolve({ groups: [group('a'), group('b')] }).passwordHashes.value).toEqual(['a', 'b'])
    expect(resolve({ groups: [group('a'), group(null)] }).passwordHashes.value).toEqual([])
    expect(resolve({ own: { passwordHash: 'mine' }, groups: [group(null)] }).passwordHashes.value).toEqual(['mine'])
  })
})

describe('accommodations', () => {
  test('lengthen the limit and extend the close too, and say so', () => {
    const access = resolve({ accommodation: { timeFactor: '1.5', extraMinutes: 10 } })
    expect(access.limitSeconds.value).toBe(3_600 * 1.5 + 600)
    expect(access.closesAt.value).toEqual(at(120 + 40))
    expect(access.limitSeconds.why).toBe(
      '100 min: 60 min (for the exam) with 1.5× time and 10 extra minutes (accommodation).',
    )
    expect(access.closesAt.why).toContain('Closes 40 min later')
  })

  test('come on top of an override', () => {
    const access = resolve({ own: { limitSeconds: 600 }, accommodation: { timeFactor: '2', extraMinutes: 0 } })
    expect(access.limitSeconds).toMatchObject({ value: 1_200, rule: 'own-override' })
  })

  test('stretch the window of an exam without a limit', () => {
    const rules = {
      exam: { ...exam, limitSeconds: null },
      accommodation: { timeFactor: '1.25', extraMinutes: 5 },
    } as const
    expect(resolve(rules).closesAt.value).toEqual(at(120 + 30 + 5))
  })

  test('without limit of time: neither limit nor close', () => {
    const access = resolve({ accommodation: { timeFactor: 'unlimited', extraMinutes: 0 } })
    expect([access.limitSeconds.value, access.closesAt.value]).toEqual([null, null])
  })

  const seconds = fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: null })
  const accommodations = fc.record({
    timeFactor: fc.constantFrom('1', '1.25', '1.5', '2', 'unlimited'),
    extraMinutes: fc.integer({ min: 0, max: 600 }),
  })
  test('never take time away, whatever the rules', () => {
    fc.assert(
      fc.property(seconds, seconds, accommodations, (limitSeconds, window, accommodation) => {
        const closesAt = window === null ? null : new Date(at(0).getTime() + window * 1_000)
        const rules = { exam: { ...exam, limitSeconds, closesAt } }
        const end = (access: ReturnType<typeof resolve>) =>
          deadlineOf({
            startedAt: at(0),
            limitSeconds: access.limitSeconds.value,
            closesAt: access.closesAt.value,
            shiftMs: 0,
          })?.getTime() ?? Number.POSITIVE_INFINITY
        expect(end(resolve({ ...rules, accommodation }))).toBeGreaterThanOrEqual(end(resolve(rules)))
      }),
    )
  })
})

describe('the end of an attempt', () => {
  const attempt = { startedAt: at(0), limitSeconds: 3_600, closesAt: at(30), shiftMs: 0 }
  test('is start + limit or the close, whichever is first, over those that are set', () => {
    expect(deadlineOf(attempt)).toEqual(at(30))
    expect(deadlineOf({ ...attempt, closesAt: at(90) })).toEqual(at(60))
    expect(deadlineOf({ ...attempt, limitSeconds: null })).toEqual(at(30))
    expect(deadlineOf({ ...attempt, closesAt: null, limitSeconds: null })).toBeNull()
  })

  test('moves by pauses and compensated outages, past the close too', () => {
    expect(deadlineOf({ ...attempt, shiftMs: 5 * 60_000 })).toEqual(at(35))
  })

  test('is acted on at once, after the grace period, or when no submit can arrive any more', () => {
    const due = (overduePolicy: 'auto-submit' | 'grace-period' | 'auto-abandon') =>
      sealDueAtOf({ deadline: at(1), pausedAt: null }, { overduePolicy, graceSeconds: 120 }, 10)
    expect(due('auto-submit')).toEqual(at(1))
    expect(due('grace-period')).toEqual(at(3))
    expect(due('auto-abandon')).toEqual(new Date(at(1).getTime() + 10_000))
  })

  test('does not come while the clock stands still', () => {
    const policy = { overduePolicy: 'auto-submit', graceSeconds: 0 } as const
    expect(sealDueAtOf({ deadline: at(1), pausedAt: at(0) }, policy, 10)).toBeNull()
  })
})
