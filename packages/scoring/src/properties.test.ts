import { describe, expect, test } from 'bun:test'
import type { KeyGap, KeyQuestion } from '@hourglass/questions/key'
import type { AcceptedNumber, Unit } from '@hourglass/questions/question'
import type { Response } from '@hourglass/questions/response'
import { shuffleBySeed } from '@hourglass/questions/shuffle'
import fc from 'fast-check'
import { add, compare, multiply, parseDecimal, type Rational, ratio, subtract, sum, toDecimal, zero } from './rational'
import { isEmptyResponse, scoreQuestion, sumMarks } from './score'

// What must hold for every type of question, whatever its key and answer are.

const weights = ['100', '50', '33.33333', '25', '0', '-25', '-50', '-100']
const marks = fc.constantFrom('0', '0.1', '1', '1.3', '2.5', '7', '100')
const common = fc.record({ id: fc.constant('q1'), maxMarks: marks, explanationHtml: fc.constant('') })
const weight = fc.constantFrom(...weights)
const choices = fc
  .array(weight, { minLength: 1, maxLength: 6 })
  .map((all) => all.map((each, index) => ({ id: `c${index}`, weight: each, feedbackHtml: '' })))
const words = ['', 'a', 'A', 'ab', 'a*', '*', 'b', ' a ']
const accepted = fc.array(
  fc.record({ pattern: fc.constantFrom(...words.slice(1)), weight, feedbackHtml: fc.constant('') }),
  { maxLength: 3 },
)
const numbers = ['0', '1', '1.5', '-2', '0.1', '1e3', '1,5', 'x', '']
const acceptedNumbers = fc.array(
  fc.record({
    match: fc.constantFrom<AcceptedNumber['match']>(
      { kind: 'absolute', value: '1', tolerance: '0.5' },
      { kind: 'relative', value: '-2', tolerance: '0.1' },
      { kind: 'range', min: '0', max: '1' },
      { kind: 'any' },
    ),
    weight,
    feedbackHtml: fc.constant(''),
  }),
  { maxLength: 3 },
)
const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const gap: fc.Arbitrary<KeyGap> = fc.oneof(
  fc.record({ kind: fc.constant('choice' as const), id: fc.constant(''), share: fc.constantFrom('1', '2'), choices }),
  fc.record({
    ...{ kind: fc.constant('short' as const), id: fc.constant(''), share: fc.constantFrom('1', '0.5') },
    ...{ accepted, caseSensitive: fc.boolean() },
  }),
  fc.record({
    ...{ kind: fc.constant('numeric' as const), id: fc.constant(''), share: fc.constant('1') },
    ...{ accepted: acceptedNumbers, units: fc.constant<Unit[]>([]), unitRule: fc.constant('none' as const) },
  }),
)

type Case = { key: KeyQuestion; response: Response }
const caseOf = <T extends KeyQuestion>(key: fc.Arbitrary<T>, answer: (key: T) => fc.Arbitrary<Response>) =>
  key.chain((drawn): fc.Arbitrary<Case> => answer(drawn).map((response) => ({ key: drawn, response })))

const cases = {
  'single-choice': caseOf(
    fc.tuple(common, choices).map(([base, all]) => ({ type: 'single-choice' as const, ...base, choices: all })),
    (key) =>
      fc
        .constantFrom(null, ...key.choices.map(({ id }) => id))
        .map((choice) => ({ type: 'single-choice' as const, choice })),
  ),
  'multiple-choice': caseOf(
    fc.tuple(common, choices).map(([base, all]) => ({ type: 'multiple-choice' as const, ...base, choices: all })),
    (key) =>
      fc
        .subarray(key.choices.map(({ id }) => id))
        .map((ticks) => ({ type: 'multiple-choice' as const, choices: ticks })),
  ),
  'true-false': caseOf(
    fc.tuple(common, fc.boolean()).map(([base, answer]) => ({
      ...{ type: 'true-false' as const, ...base, answer, feedbackTrueHtml: '', feedbackFalseHtml: '' },
    })),
    () => fc.constantFrom(null, true, false).map((value) => ({ type: 'true-false' as const, value })),
  ),
  'short-answer': caseOf(
    fc.tuple(common, accepted, fc.boolean()).map(([base, all, caseSensitive]) => ({
      ...{ type: 'short-answer' as const, ...base, accepted: all, caseSensitive },
    })),
    () => fc.constantFrom(...words).map((text) => ({ type: 'short-answer' as const, text })),
  ),
  numeric: caseOf(
    fc.tuple(common, acceptedNumbers).map(([base, all]) => ({
      ...{ type: 'numeric' as const, ...base, accepted: all, units: [], unitRule: 'none' as const },
    })),
    () => fc.constantFrom(...numbers).map((text) => ({ type: 'numeric' as const, text, unit: null })),
  ),
  matching: caseOf(
    fc
      .tuple(common, fc.integer({ min: 1, max: 5 }))
      .chain(([base, size]) =>
        fc
          .tuple(...ids('p', size).map((id) => fc.constantFrom(...ids('o', 6)).map((option) => [id, option] as const)))
          .map((pairs) => ({ type: 'matching' as const, ...base, pairs: Object.fromEntries(pairs) })),
      ),
    (key) =>
      fc
        .tuple(
          ...Object.keys(key.pairs).map((id) =>
            fc.constantFrom(undefined, ...ids('o', 6)).map((option) => (option ? [[id, option] as const] : [])),
          ),
        )
        .map((pairs) => ({ type: 'matching' as const, pairs: Object.fromEntries(pairs.flat()) })),
  ),
  ordering: caseOf(
    fc
      .tuple(
        common,
        fc.integer({ min: 2, max: 6 }),
        fc.constantFrom('exact' as const, 'position' as const, 'pairs' as const),
      )
      .map(([base, size, credit]) => ({ type: 'ordering' as const, ...base, order: ids('i', size), credit })),
    (key) =>
      fc
        .shuffledSubarray(key.order, { minLength: key.order.length })
        .map((order) => ({ type: 'ordering' as const, order })),
  ),
  'gap-fill': caseOf(
    fc.tuple(common, fc.array(gap, { minLength: 1, maxLength: 4 })).map(([base, gaps]) => ({
      ...{ type: 'gap-fill' as const, ...base, gaps: gaps.map((each, index) => ({ ...each, id: `g${index}` })) },
    })),
    (key) =>
      fc
        .tuple(
          ...key.gaps.map(({ id }) =>
            fc.constantFrom(...words, ...numbers, 'c0', 'c1').map((text) => [id, text] as const),
          ),
        )
        .map((gaps) => ({ type: 'gap-fill' as const, gaps: Object.fromEntries(gaps) })),
  ),
} satisfies Record<string, fc.Arbitrary<Case>>

const earned = (key: KeyQuestion, response: Response | null, negativeMarks = false): Rational =>
  parseDecimal(scoreQuestion(key, response, { negativeMarks }).marks ?? '0')
const isBetween = (value: Rational, low: Rational, high: Rational) =>
  compare(value, low) >= 0 && compare(value, high) <= 0

describe.each(Object.entries(cases))('%s', (type, arbitrary) => {
  test('earns from 0 to its marks, or down to minus its marks where the exam keeps negative ones; never more', () => {
    fc.assert(
      fc.property(arbitrary, ({ key, response }) => {
        const whole = parseDecimal(key.maxMarks)
        expect(isBetween(earned(key, response), zero, whole)).toBe(true)
        expect(isBetween(earned(key, response, true), multiply(whole, ratio(-1)), whole)).toBe(true)
        // Negative marks change nothing for an answer that earned some.
        if (compare(earned(key, response), zero) > 0) expect(earned(key, response, true)).toEqual(earned(key, response))
      }),
    )
  })

  test('an answer that is empty, or was never stored, earns nothing and loses nothing', () => {
    fc.assert(
      fc.property(arbitrary, ({ key, response }) => {
        const answers = isEmptyResponse(response) ? [null, response] : [null]
        for (const answer of answers) {
          expect(scoreQuestion(key, answer, { negativeMarks: true })).toMatchObject({ state: 'unanswered', marks: '0' })
        }
      }),
    )
  })

  test('is marked by what it says: shuffled options, prompts and ticks make the same bytes', () => {
    fc.assert(
      fc.property(arbitrary, fc.string(), ({ key, response }, seed) => {
        expect(JSON.stringify(scoreQuestion(shuffledKey(key, seed), shuffledResponse(response, seed)))).toBe(
          JSON.stringify(scoreQuestion(key, response)),
        )
      }),
    )
  })

  test('marks are the fraction of the maximum, and the state says which', () => {
    fc.assert(
      fc.property(arbitrary, ({ key, response }) => {
        const score = scoreQuestion(key, response)
        const exact = multiply(parseDecimal(score.fraction ?? '0'), parseDecimal(key.maxMarks))
        // The fraction is told with seven places, the marks are rounded once from the exact one.
        const difference = subtract(exact, parseDecimal(score.marks ?? '0'))
        expect(isBetween(difference, parseDecimal('-0.00002'), parseDecimal('0.00002'))).toBe(true)
        if (score.state === 'correct') expect(score.fraction).toBe('1')
        if (score.state === 'wrong' || score.state === 'unanswered') expect(score.fraction).toBe('0')
        if (score.state === 'partial') expect(isBetween(parseDecimal(score.fraction ?? ''), zero, ratio(1))).toBe(true)
        expect(type).toBe(key.type)
      }),
    )
  })
})

const shuffledKey = (key: KeyQuestion, seed: string): KeyQuestion => {
  if (key.type === 'single-choice' || key.type === 'multiple-choice') {
    return { ...key, choices: shuffleBySeed(key.choices, seed) }
  }
  if (key.type === 'matching')
    return { ...key, pairs: Object.fromEntries(shuffleBySeed(Object.entries(key.pairs), seed)) }
  return key.type === 'gap-fill'
    ? {
        ...key,
        gaps: key.gaps.map((each) =>
          each.kind === 'choice' ? { ...each, choices: shuffleBySeed(each.choices, seed) } : each,
        ),
      }
    : key
}
const shuffledResponse = (response: Response, seed: string): Response => {
  if (response.type === 'multiple-choice') return { ...response, choices: shuffleBySeed(response.choices, seed) }
  return response.type === 'matching'
    ? { ...response, pairs: Object.fromEntries(shuffleBySeed(Object.entries(response.pairs), seed)) }
    : response
}

describe('partial credit is monotonic', () => {
  test('of ticks: one more of more weight earns no less than one more of less', () => {
    fc.assert(
      fc.property(cases['multiple-choice'], ({ key, response }) => {
        if (key.type !== 'multiple-choice' || response.type !== 'multiple-choice') return
        const open = key.choices.filter(({ id }) => !response.choices.includes(id))
        const sorted = open.toSorted((a, b) => Number(a.weight) - Number(b.weight))
        const results = sorted.map(({ id }) => earned(key, { ...response, choices: [...response.choices, id] }, true))
        for (const [index, result] of results.slice(1).entries()) {
          expect(compare(result, results[index] ?? zero)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  test('of pairs and gaps: putting one right never lowers the marks, and all right is the whole', () => {
    fc.assert(
      fc.property(cases.matching, ({ key, response }) => {
        if (key.type !== 'matching' || response.type !== 'matching') return
        let pairs: Record<string, string> = { ...response.pairs }
        let before = earned(key, { ...response, pairs })
        for (const [id, right] of Object.entries(key.pairs)) {
          pairs = { ...pairs, [id]: right }
          const after = earned(key, { ...response, pairs })
          expect(compare(after, before)).toBeGreaterThanOrEqual(0)
          before = after
        }
        expect(before).toEqual(parseDecimal(key.maxMarks))
      }),
    )
  })

  test('of an order: putting two neighbours right never lowers the marks by pairs, and the right order is the whole', () => {
    fc.assert(
      fc.property(cases.ordering, ({ key, response }) => {
        if (key.type !== 'ordering' || response.type !== 'ordering') return
        const order = [...response.order]
        let before = earned({ ...key, credit: 'pairs' }, { ...response, order })
        for (let round = 0; round < order.length; round++) {
          for (let index = 0; index + 1 < order.length; index++) {
            const [left, right] = [order[index], order[index + 1]]
            if (left === undefined || right === undefined || left < right) continue
            order[index] = right
            order[index + 1] = left
            const after = earned({ ...key, credit: 'pairs' }, { ...response, order })
            expect(compare(after, before)).toBeGreaterThanOrEqual(0)
            before = after
          }
        }
        for (const credit of ['exact', 'position', 'pairs'] as const) {
          expect(earned({ ...key, credit }, { ...response, order })).toEqual(parseDecimal(key.maxMarks))
        }
      }),
    )
  })
})

test('marks of any questions add up exactly, in whatever order', () => {
  const decimals = fc.array(
    fc.integer({ min: -10_000_000, max: 10_000_000 }).map((units) => toDecimal(ratio(units, 100_000), 5)),
  )
  fc.assert(
    fc.property(decimals, fc.string(), (all, seed) => {
      expect(sumMarks(shuffleBySeed(all, seed))).toBe(sumMarks(all))
      expect(parseDecimal(sumMarks(all))).toEqual(sum(all.map(parseDecimal)))
      const [first = '0', ...rest] = all
      expect(sumMarks(all)).toBe(toDecimal(add(parseDecimal(first), parseDecimal(sumMarks(rest))), 5))
    }),
  )
})
