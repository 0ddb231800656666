import { expect, test } from 'bun:test'
import { readSelector } from './read-selector'

type Labels = Record<string, string>
test.each<[string, Labels, boolean]>([
  ['a{b="c"}', { b: 'c' }, true],
  ['a{b="c"}', {}, false],
  ['a{b=""}', {}, true],
  ['a{b!="c"}', {}, true],
  ['a{b=~"c|d"}', { b: 'd' }, true],
  ['a{b=~"c|d"}', { b: 'de' }, false],
  ['a{b!~"c.*",}', { b: 'cd' }, false],
  ['a{b=~"c.d"}', { b: 'c\nd' }, true],
  ['a{b="c", d="e"}', { b: 'c' }, false],
  ["a{b='c}\\'\\n'}", { b: "c}'\n" }, true],
  ['a{b=~`c\\.d`}', { b: 'c.d' }, true],
  ['a{b=~"c\\\\.d"}', { b: 'cxd' }, false],
  ['a', { b: 'c' }, true],
])('%s on %p: %p', (selector, labels, expected) => {
  const read = readSelector(selector)
  expect(read?.metric).toBe('a')
  expect(read?.matches(labels)).toBe(expected)
})

test.each([
  ...['a{b="c" d="e"}', 'a{b=}', 'sum(a)', 'a[5m]', '{__name__="a"}', '{"a.b"}', 'a{"b.c"="d"}', ''],
  ...['a{b="\\x41"}', 'a{b=~"(?P<n>c)"}'],
])('%s is refused, not read as something else', (selector) => {
  expect(readSelector(selector)).toBeNull()
})
