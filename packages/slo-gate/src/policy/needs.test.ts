import { expect, test } from 'bun:test'
import { needsOf } from './needs'
import { Policy } from './policy'

const policyOf = (edges: Record<string, [string, 'block' | 'warn'][]>) =>
  Policy.parse({
    version: 'hourglass-gate/v1',
    tiers: { one: {} },
    environments: { production: {} },
    services: Object.fromEntries(
      Object.entries(edges).map(([name, needs]) => [
        name,
        { tier: 'one', needs: needs.map(([service, outcome]) => ({ service, outcome })) },
      ]),
    ),
  })

test('what is needed by way of others is found, each once, and circles end', () => {
  const policy = policyOf({
    a: [['b', 'block']],
    b: [
      ['c', 'block'],
      ['a', 'block'],
    ],
    c: [
      ['b', 'block'],
      ['c', 'warn'],
    ],
  })
  expect(needsOf(policy, 'a')).toEqual([
    { service: 'b', path: ['a', 'b'], outcome: 'block' },
    { service: 'c', path: ['a', 'b', 'c'], outcome: 'block' },
  ])
})

test('a way on which one edge warns only warns; another way that blocks counts for more', () => {
  const soft = policyOf({ a: [['b', 'warn']], b: [['c', 'block']], c: [] })
  expect(needsOf(soft, 'a').map(({ outcome }) => outcome)).toEqual(['warn', 'warn'])
  const both = policyOf({
    a: [
      ['c', 'warn'],
      ['b', 'block'],
    ],
    b: [['c', 'block']],
    c: [],
  })
  expect(needsOf(both, 'a').find(({ service }) => service === 'c')).toEqual({
    ...{ service: 'c', path: ['a', 'b', 'c'], outcome: 'block' },
  })
})

test('a policy that names what is not there is refused', () => {
  expect(() => policyOf({ a: [['b', 'block']] })).toThrow('There is no service')
  const other = { version: 'hourglass-gate/v1', tiers: {}, environments: {}, services: { a: { tier: 'gold' } } }
  expect(() => Policy.parse(other)).toThrow('There is no tier')
  const exams = {
    version: 'hourglass-gate/v1',
    tiers: {},
    environments: {},
    services: {},
    exams: { environments: ['moon'] },
  }
  expect(() => Policy.parse(exams)).toThrow('There is no environment')
})
