import { expect, test } from 'bun:test'
import { metricsOf } from './metrics-of'
import { fillVariables, variablesIn } from './read-queries'

test('of a query the metrics are found, and neither labels nor functions', () => {
  expect(metricsOf('sum by (service) (rate(a_total{route="b_total", c=~"d|e"}[$__rate_interval]))')).toEqual([
    'a_total',
  ])
  expect(metricsOf('(a > 0) or vector(0) / on (instance) group_left (x) b unless c offset 5m')).toEqual(['a', 'b', 'c'])
  expect(metricsOf('histogram_quantile($quantile, sum by (le) (rate(a_seconds_bucket[1m]))) * 1e3')).toEqual([
    'a_seconds_bucket',
  ])
})

test('variables are found and filled, and one without a value is refused', () => {
  expect(variablesIn(`x{a=~"$service"} + \${y:regex}[$__rate_interval]`)).toEqual(['service', 'y', '__rate_interval'])
  expect(fillVariables(`x{a=~"$service"}[\${range}]`, { service: '.+', range: '1m' })).toBe('x{a=~".+"}[1m]')
  expect(() => fillVariables('x{a=~"$servise"}', { service: '.+' })).toThrow('servise')
})
