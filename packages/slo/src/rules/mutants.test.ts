import { expect, test } from 'bun:test'
import { promiseNamed } from '../../fixtures/promises'
import { complaintsOf, type Story } from '../../fixtures/promtool'
import { asCommitted } from './defects'
import type { Rule } from './rule'

const perMinute = 10_000
const { slo, groupFor } = await promiseNamed('exams-saves')
const page = { severity: 'page', burn: 'fast' } as const

/** Two per cent of errors for 50 minutes, after `lead` good ones: the page comes in minute 44 and ends three minutes after them. */
const storyAfter = (lead: number): Story => ({
  name: `two per cent after ${lead} minutes`,
  traffic: [
    { minutes: lead, perMinute },
    { minutes: 50, perMinute, bad: perMinute * 0.02 },
    { minutes: 10, perMinute },
  ],
  expected: [
    { at: lead + 43, alert: page, isFiring: false },
    { at: lead + 44, alert: page, isFiring: true },
    { at: lead + 51, alert: page, isFiring: true },
    { at: lead + 53, alert: page, isFiring: false },
  ],
})
/** A new service, and one whose hour is full. */
const stories = [storyAfter(10), storyAfter(30)]

const ask = (change: (rule: Rule) => Rule) => {
  const group = groupFor(asCommitted)
  const cast = [{ slo, group: { ...group, rules: group.rules.map(change) } }]
  return complaintsOf([{ cast, everyMinutes: 1, scrapeSeconds: 15, stories }])
}

test('the stories hold with the rules as they are', async () => expect(await ask((rule) => rule)).toBe(''), 20_000)

test.each([
  ['“and” made “or”', (expr: string) => expr.replace('\nand ', '\nor ')],
  ['the short window left out', (expr: string) => expr.replace(/^.*\nand /, '')],
  ['the long window left out', (expr: string) => expr.replace(/\nand .*/, '')],
  ['the factor of another pair', (expr: string) => expr.replaceAll('> 14.4', '> 6')],
  ['“>” made “<”', (expr: string) => expr.replaceAll('> 14.4', '< 14.4')],
  ['the long window of another pair', (expr: string) => expr.replace('ratio_rate1h', 'ratio_rate6h')],
  ['the short window of another pair', (expr: string) => expr.replace('ratio_rate5m', 'ratio_rate30m')],
  ['the coverage left out', (expr: string) => expr.replace(/ \* clamp_max\(.*?, 1\)/, '')],
  ['another budget', (expr: string) => expr.replaceAll('/ 0.001', '/ 0.002')],
])(
  '%s turns it red',
  async (_, change) => {
    let changed = 0
    const complaint = await ask((rule) => {
      if (!('alert' in rule) || rule.labels.severity !== 'page' || rule.labels.burn !== 'fast') return rule
      const expr = change(rule.expr)
      if (expr !== rule.expr) changed++
      return { ...rule, expr }
    })
    expect(changed).toBe(1)
    expect(complaint).toContain('FAILED')
  },
  20_000,
)
