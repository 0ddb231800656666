import { expect, test } from 'bun:test'
import type { ReliabilityReport } from '@hourglass/notifier/reliability'
import { readOwnPromises } from '@hourglass/slo/own-promises'
import { createApi, signIn } from '@hourglass/support/api'
import type { Program } from '@hourglass/support/program'
import { askPrometheus } from './ask'

/** What admins see of the promises. */
export async function askReliability(program: Program): Promise<ReliabilityReport> {
  const { email, password } = program.admin
  const api = await signIn(createApi(program.url), email, password)
  return api.must<ReliabilityReport>('GET', '/api/reliability')
}

/** Registers the test that on the stack the page Reliability has the figures that Prometheus has recorded. */
export function testReliability(stack: () => { program: Program; addresses: { prometheus: string } }): void {
  test('admins see of every promise what Prometheus has recorded of it', async () => {
    const { program, addresses } = stack()
    const report = await askReliability(program)
    expect(report).toMatchObject({ source: 'prometheus', missing: null })
    expect(report.promises.map(({ id }) => id)).toEqual(readOwnPromises().map(({ id }) => id))
    for (const { id, state, budgetLeft, windows } of report.promises) {
      expect([id, state]).toEqual([id, 'fine'])
      expect([id, budgetLeft]).toEqual([id, expect.any(Number)])
      const month = windows.find(({ window }) => window === '30d')
      const [known] = await askPrometheus(addresses.prometheus, `slo:period_coverage:ratio{sloth_id="${id}"}`)
      // An evaluation may lie between both questions.
      expect(Math.abs((month?.coverage ?? 0) - (known?.value ?? Number.NaN))).toBeLessThanOrEqual(61 / 2_592_000)
    }
    const saves = report.promises.find(({ id }) => id === 'exams-saves')
    expect(saves?.windows.find(({ window }) => window === '1h')?.total).toBeGreaterThan(0)
  }, 30_000)
}
