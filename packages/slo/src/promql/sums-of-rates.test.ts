import { expect, test } from 'bun:test'
import { readOwnPromises } from '../spec/own-promises'
import { sumsOfRates } from './sums-of-rates'

test.each([
  ['sum(rate(a[5m]))', [[1, 'a']]],
  [
    'sum(rate(a{b="c"}[5m])) - sum(rate(d[5m]))',
    [
      [1, 'a{b="c"}'],
      [-1, 'd'],
    ],
  ],
  [
    'sum(rate(a[5m])) - (sum(rate(b[5m])) - sum(rate(c[5m])))',
    [
      [1, 'a'],
      [-1, 'b'],
      [1, 'c'],
    ],
  ],
  [
    '(sum(rate(a[5m]))) + sum(rate(b[5m]))',
    [
      [1, 'a'],
      [1, 'b'],
    ],
  ],
] as const)('%s is counted selector by selector', (expression, expected) => {
  expect(sumsOfRates(expression)?.map(({ sign, selector }) => [sign, selector])).toEqual(
    expected.map((each) => [...each]),
  )
})

test.each([
  ...['sum(rate(a[5m]) or rate(b[5m]))', 'sum by (x) (rate(a[5m]))', 'sum(rate(a[5m])) * 2', 'max(rate(a[5m]))'],
  ...['sum(increase(a[5m]))', 'sum(rate(a[5m] offset 1m))', 'sum(rate(a[5m])) + on (x) sum(rate(b[5m]))', 'a', 'sum('],
])('%s is not', (expression) => {
  expect(sumsOfRates(expression)).toBeNull()
})

test('every promise of the clone can be counted so', () => {
  const slos = readOwnPromises()
  expect(slos.length).toBeGreaterThan(10)
  for (const { sli } of slos) {
    if (sli.kind !== 'events') throw new Error('not by events')
    for (const query of [sli.errorQuery, sli.totalQuery]) {
      expect(sumsOfRates(query)).not.toBeNull()
    }
  }
})
