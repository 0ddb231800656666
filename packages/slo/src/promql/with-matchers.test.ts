import { expect, test } from 'bun:test'
import { Problem } from '@hourglass/servers/problem'
import { type Matcher, withMatchers } from './with-matchers'

const matchers: Matcher[] = [{ label: 'version', operator: '=', value: '2.0' }]

test.each([
  ['up', 'up{version="2.0"}'],
  ['up{}', 'up{version="2.0"}'],
  ['{__name__="up"}', '{version="2.0",__name__="up"}'],
  ['up{job="a",}', 'up{version="2.0",job="a",}'],
  ['rate(a{b="}"}[5m] offset 1m)', 'rate(a{version="2.0",b="}"}[5m] offset 1m)'],
  ['sum by (version) (rate(sum_total[5m]))', 'sum by (version) (rate(sum_total{version="2.0"}[5m]))'],
  [
    '(a or 0 * b) / on (x) group_left (y) c',
    '(a{version="2.0"} or 0 * b{version="2.0"}) / on (x) group_left (y) c{version="2.0"}',
  ],
  ['{"http.requests", code="500"}', '{version="2.0","http.requests", code="500"}'],
  ['max_over_time(a[1h:1m] @ end())', 'max_over_time(a{version="2.0"}[1h:1m] @ end())'],
  ['label_replace(a, "up", "$1", "b", "up{}")', 'label_replace(a{version="2.0"}, "up", "$1", "b", "up{}")'],
  ['a # and b', 'a{version="2.0"} # and b'],
])('%s is asked of one version alone', (expression, expected) => {
  expect(withMatchers(expression, matchers)).toBe(expected)
})

test('a value is quoted as PromQL quotes', () => {
  expect(withMatchers('a', [{ label: 'x', operator: '=~', value: 'a"b\\d' }])).toBe('a{x=~"a\\"b\\\\d"}')
})

test('what is no PromQL, or selects nothing, is refused', () => {
  for (const wrong of ['sum(rate(a[5m])', 'a{b=}', '1 + 1', 'vector(1)', '']) {
    expect(() => withMatchers(wrong, matchers)).toThrow(Problem)
  }
})
