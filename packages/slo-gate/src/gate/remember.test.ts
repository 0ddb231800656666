import { expect, test } from 'bun:test'
import { createAsker } from '@hourglass/slo/prometheus'
import { readSlos } from '@hourglass/slo/spec'
import { decisionOf, named } from '../../fixtures/decision'
import { specOf } from '../../fixtures/prometheus'
import type { Entry } from '../audit/audit'
import { Policy } from '../policy/policy'
import { factsWith, now, readingWith } from '../verdict/test-facts'
import type { Decision } from './decide'
import { overridesUsed } from './remember'
import { runGate } from './run-gate'
import { toEntry } from './to-entry'

const policy = Policy.parse({
  version: 'hourglass-gate/v1',
  tiers: { standard: { whenUnknown: 'last-known-good' } },
  services: { exams: { tier: 'standard' } },
  environments: { production: {}, staging: {} },
})
const slos = readSlos([{ file: 'slo/exams.yaml', text: specOf('exams') }]).flatMap((file) => file.slos)

/** What the gate says while nobody answers. */
const askNobody = (audit: readonly Entry[], at: number, environment = 'production'): Promise<Decision> =>
  runGate(createAsker({ url: 'http://127.0.0.1:1', deadlineMs: 100 }), {
    ...{ now: at, isReplay: false, policy, slos, overrides: [], audit, source: { url: '', tenant: null } },
    change: factsWith({ change: { environment } }).change,
  })

const entryOf = (facts: Parameters<typeof factsWith>[0], at: number): Entry =>
  toEntry(decisionOf([named('exams-main', factsWith(facts))], { at }))

test('a verdict by figures stands in for fifteen minutes, and what stood in stands in for nothing', async () => {
  const good = entryOf({}, now)
  const first = await askNobody([good], now + 890)
  expect(first).toMatchObject({ verdict: 'warn', exitCode: 0 })
  expect(await askNobody([good], now + 910)).toMatchObject({ verdict: 'cannot-tell', exitCode: 3 })
  expect(await askNobody([good, toEntry(first)], now + 910)).toMatchObject({ exitCode: 3 })
})

test.each([
  ['blocked', { reading: readingWith({ '5m': 0.02, '1h': 0.02 }) }],
  ['not known', { reading: { kind: 'failed', why: 'x' } as const }],
  ['a rollback', { change: { class: 'rollback' as const } }],
  ['overridden', { override: { id: 'O-1', by: 'c', reason: 'r', ticket: 't', expiresAt: now + 9 } }],
])('what was %s stands in for nothing', async (_, facts) => {
  expect(await askNobody([entryOf(facts, now)], now + 60)).toMatchObject({ verdict: 'cannot-tell' })
})

test('nor does the verdict of another environment, another SLO or a verify', async () => {
  const good = entryOf({}, now)
  const ofOther = { ...good, slos: good.slos.map((slo) => ({ ...slo, id: 'exams-other' })) }
  for (const entry of [ofOther, { ...good, kind: 'verify' as const }, { ...good, environment: 'staging' }]) {
    expect(await askNobody([entry], now + 60)).toMatchObject({ exitCode: 3 })
  }
})

test('overrides of the last 30 days are counted by service', () => {
  const used = (id: string, at: number, service = 'exams'): Entry => {
    const good = entryOf({}, at)
    return { ...good, slos: good.slos.map((slo) => ({ ...slo, service, override: id })) }
  }
  const day = 86_400
  const audit = [
    used('O-1', now - 31 * day),
    used('O-2', now - 29 * day),
    used('O-3', now - day, 'grading'),
    entryOf({}, now),
  ]
  expect(overridesUsed(audit, 'exams', now)).toEqual(['O-2'])
})
