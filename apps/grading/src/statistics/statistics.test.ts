import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { binTotals } from './histogram'
import { correlationInterval, wilsonInterval } from './intervals'
import { countOptions, rankThirds } from './options'
import { describeQuestion, effectiveWeights } from './question-statistics'
import { total, toUnits } from './sample'
import { describeConsistency, describeTotals } from './total-statistics'

/**
 * Ten attempts at four questions. The expected numbers were computed apart from this code, in Python: `statistics.correlation`
 * and `stdev`, skewness and kurtosis in the form of Excel's SKEW and KURT, Wilson's interval as the roots of its quadratic.
 */
const marks = {
  q1: ['1', '1', '1', '0', '1', '0', '1', '1', '0', '1'],
  q2: ['2', '1.5', '0', '0.5', '2', '0', '1', '1.5', '0.5', '2'],
  q3: ['0', '0', '1', '1', '0', '1', '0', '1', '1', '0'],
  q4: ['3', '2', '2.5', '1', '3', '0', '2', '1.3', '1.7', '2.4'],
}
const columns = Object.values(marks).map((column) => column.map(toUnits))
const totals = columns[0]?.map((_, index) => total(columns.map((column) => column[index] ?? 0n))) ?? []
const sampleOf = (index: number, maxMarks: string) => ({
  maxMarks: toUnits(maxMarks),
  marks: columns[index] ?? [],
  totals,
})
const close = (actual: number | null | undefined, expected: number) => expect(actual).toBeCloseTo(expected, 9)

describe('a question', () => {
  test.each([
    [0, '1', 0.7, 0.48304589153964794, 72.18448202315778, 94.96221662468513],
    [1, '2', 0.55, 0.8096638534327413, 48.196308143911686, 52.24312590448625],
    [2, '1', 0.5, 0.5270462766947299, -79.61087527066002, -100],
    [3, '3', 0.63, 0.9350579304691947, 62.49758072770412, 65.80547112462006],
  ])(
    '%p has the facility, spread, discrimination and efficiency of an independent computation',
    (index, max, ...expected) => {
      const numbers = describeQuestion(sampleOf(index, max))
      close(numbers.facility, expected[0])
      close(numbers.standardDeviation, expected[1])
      close(numbers.discriminationIndex, expected[2])
      close(numbers.discriminativeEfficiency, expected[3])
    },
  )

  test('effective weights leave out, and are null for, a question with a negative covariance', () => {
    const weights = effectiveWeights([sampleOf(0, '1'), sampleOf(1, '2'), sampleOf(2, '1'), sampleOf(3, '3')])
    close(weights[0], 26.922055113396407)
    close(weights[1], 34.26726292475195)
    expect(weights[2]).toBeNull()
    close(weights[3], 38.81068196185165)
  })

  test('discrimination is null where the marks or the rest do not vary, efficiency where its divisor is 0', () => {
    const same = ['0.1', '0.1', '0.1'].map(toUnits)
    const rising = ['0.1', '0.7', '1.1'].map(toUnits)
    expect(describeQuestion({ maxMarks: toUnits('1'), marks: same, totals: rising })).toMatchObject({
      standardDeviation: 0,
      discriminationIndex: null,
      discriminativeEfficiency: null,
    })
    expect(describeQuestion({ maxMarks: toUnits('1'), marks: rising, totals: rising }).discriminationIndex).toBeNull()
  })

  test('one attempt has a facility and nothing that needs two; none has nothing; a question without marks has no facility', () => {
    const one = describeQuestion({ maxMarks: toUnits('2'), marks: [toUnits('1')], totals: [toUnits('1')] })
    expect(one).toEqual({
      facility: 0.5,
      standardDeviation: null,
      discriminationIndex: null,
      discriminativeEfficiency: null,
    })
    expect(describeQuestion({ maxMarks: toUnits('2'), marks: [], totals: [] }).facility).toBeNull()
    expect(describeQuestion({ maxMarks: 0n, marks: [0n, 0n], totals: [0n, 1n] }).facility).toBeNull()
  })
})

describe('totals', () => {
  test('mean, median, spread, skewness and kurtosis are those of an independent computation', () => {
    const numbers = describeTotals(totals)
    close(numbers.mean, 4.19)
    close(numbers.median, 4.5)
    close(numbers.standardDeviation, 1.585664949897466)
    expect([numbers.lowest, numbers.highest]).toEqual([1, 6])
    close(numbers.skewness, -0.8482007606409236)
    close(numbers.kurtosis, 0.3710629287848848)
  })

  test('skewness needs three attempts, kurtosis four, and both totals that differ', () => {
    const of = (...values: string[]) => describeTotals(values.map(toUnits))
    expect([of('1', '2').skewness, of('1', '2', '4').kurtosis]).toEqual([null, null])
    expect(of('1', '2', '4').skewness).not.toBeNull()
    expect(of('0.1', '0.1', '0.1', '0.1')).toMatchObject({ skewness: null, kurtosis: null, standardDeviation: 0 })
    expect(of()).toMatchObject({
      attempts: 0,
      mean: null,
      median: null,
      lowest: null,
      highest: null,
      standardDeviation: null,
    })
  })

  test('Cronbach’s α, error ratio and standard error are those of an independent computation', () => {
    const consistency = describeConsistency(columns, totals)
    close(consistency.internalConsistency, 25.10053471209511)
    close(consistency.errorRatio, 86.544477170935)
    close(consistency.standardError, 1.3723054405715303)
  })

  test('α is 100 where all questions agree, negative where they contradict each other, null for one question', () => {
    const column = ['0', '1', '1', '0'].map(toUnits)
    const other = ['1', '0', '0', '2'].map(toUnits)
    const sum = (a: bigint[], b: bigint[]) => a.map((value, index) => value + (b[index] ?? 0n))
    expect(describeConsistency([column, column], sum(column, column))).toEqual({
      internalConsistency: 100,
      errorRatio: 0,
      standardError: 0,
    })
    expect(describeConsistency([column, other], sum(column, other)).internalConsistency).toBeLessThan(0)
    expect(describeConsistency([column], column).internalConsistency).toBeNull()
  })
})

describe('intervals', () => {
  test('Wilson’s interval is that of an independent computation and never leaves 0…1', () => {
    const interval = wilsonInterval(0.7, 10)
    close(interval?.low, 0.3967781474611453)
    close(interval?.high, 0.892208732593699)
    close(wilsonInterval(1, 10)?.low, 0.7224672001371111)
    expect([wilsonInterval(1, 10)?.high, wilsonInterval(0, 10)?.low]).toEqual([1, 0])
    expect([wilsonInterval(-0.1, 10), wilsonInterval(0.5, 0), wilsonInterval(null, 10)]).toEqual([null, null, null])
  })

  test('Fisher’s interval of a correlation is that of an independent computation', () => {
    const interval = correlationInterval(50, 10)
    close(interval?.low, -18.918387068441564)
    close(interval?.high, 85.91534852092954)
    expect([correlationInterval(50, 3), correlationInterval(100, 10)]).toEqual([null, { low: 100, high: 100 }])
  })
})

describe('options and bins', () => {
  test('lower and upper thirds are of one size; equal totals are ranked by id, not by arrival', () => {
    const attempts = ['d', 'b', 'a', 'c'].map((attemptId) => ({ attemptId, total: attemptId === 'd' ? 5n : 1n }))
    const expected = [
      ['a', 'lower'],
      ['b', 'middle'],
      ['c', 'middle'],
      ['d', 'upper'],
    ]
    for (const order of [attempts, attempts.toReversed()])
      expect([...rankThirds(order)].sort()).toEqual(expected as never)
  })

  test('an option is counted once per answer, an empty or unknown answer as none', () => {
    const answer = (choices: string[]) => ({
      response: { type: 'multiple-choice' as const, choices },
      third: 'upper' as const,
    })
    const counts = countOptions(
      [answer(['a', 'a', 'b']), answer([]), answer(['zz']), { response: null, third: 'lower' }],
      ['a', 'b', 'c'],
    )
    expect(counts.map(({ optionId, count }) => [optionId, count])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 0],
      ['', 3],
    ])
  })

  test('every total is in one bin, the full mark in the last, negative totals too', () => {
    const bins = binTotals(['-1', '0', '4.9', '10', '10'].map(toUnits), toUnits('10'))
    expect([bins[0]?.from, bins.at(-1)?.to, bins.at(-1)?.count]).toEqual([-1, 10, 2])
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(5)
  })
})

const table = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 12 }))
  .chain(([questions, size]) =>
    fc.array(fc.array(fc.integer({ min: -300_000, max: 300_000 }), { minLength: size, maxLength: size }), {
      minLength: questions,
      maxLength: questions,
    }),
  )
  .map((rows) => rows.map((row) => row.map(BigInt)))

describe('whatever the marks are', () => {
  test('indices stay in their ranges, weights add up to 100, α is at most 100, nothing is NaN', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const sums = rows[0]?.map((_, index) => total(rows.map((row) => row[index] ?? 0n))) ?? []
        const samples = rows.map((row) => ({ maxMarks: 300_000n, marks: row, totals: sums }))
        for (const numbers of samples.map(describeQuestion)) {
          for (const value of Object.values(numbers)) if (value !== null) expect(Number.isFinite(value)).toBe(true)
          expect(Math.abs(numbers.discriminationIndex ?? 0)).toBeLessThanOrEqual(100.000001)
          expect(numbers.discriminativeEfficiency ?? 0).toBeLessThanOrEqual(100.000001)
        }
        const weights = effectiveWeights(samples).filter((weight) => weight !== null)
        if (weights.length > 0) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 6)
        const { internalConsistency, errorRatio } = describeConsistency(rows, sums)
        expect(internalConsistency ?? 0).toBeLessThanOrEqual(100.000001)
        if (errorRatio !== null) expect(Number.isFinite(errorRatio)).toBe(true)
      }),
    )
  })

  test('adding the same to every mark moves no spread and no discrimination', () => {
    fc.assert(
      fc.property(table, fc.bigInt({ min: -100_000n, max: 100_000n }), (rows, shift) => {
        const describeAll = (moved: bigint[][]) => {
          const sums = moved[0]?.map((_, index) => total(moved.map((row) => row[index] ?? 0n))) ?? []
          const [row = []] = moved
          const { facility, ...rest } = describeQuestion({ maxMarks: 300_000n, marks: row, totals: sums })
          return rest
        }
        expect(describeAll(rows.map((row) => row.map((mark) => mark + shift)))).toEqual(describeAll(rows))
      }),
    )
  })
})
