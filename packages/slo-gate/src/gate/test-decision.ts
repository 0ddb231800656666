import { expect, test } from 'bun:test'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createAsker } from '@hourglass/slo/prometheus'
import { type GateWithPast, policy } from '../../fixtures/gate-with-past'

/** Registers the tests of what all verdicts together come to, and of what is said about them. */
export function testDecision(gate: () => GateWithPast): void {
  test('overall the worst counts, and a certain no for more than not knowing', async () => {
    const { decide } = gate()
    const decision = await decide(['healthy', 'slow', 'holed', 'fast'])
    expect(decision).toMatchObject({ verdict: 'block', exitCode: 1, wouldBlock: true })
    expect(await decide(['healthy', 'holed'])).toMatchObject({ verdict: 'cannot-tell', exitCode: 3 })
    expect(await decide(['healthy', 'slow'])).toMatchObject({ verdict: 'warn', exitCode: 0, wouldBlock: false })
  })

  test.each(['warned', 'reported'])(
    'where it is only %s it stops nothing, and says what it would do',
    async (environment) => {
      expect(await gate().decide(['fast'], { environment })).toMatchObject({
        verdict: 'block',
        exitCode: 0,
        wouldBlock: true,
      })
    },
  )

  test('an empty budget says when it will be over', async () => {
    const { decide } = gate()
    const { slos, at } = await decide(['empty'])
    // What was bad was so between five and six days ago, and is gone after 25 at the latest.
    const until = slos[0]?.findings[0]?.until ?? 0
    expect((until - at) / 86_400).toBeGreaterThan(24)
    expect((until - at) / 86_400).toBeLessThan(25.1)
  })

  test('the command says so by its exit code', () => {
    const { prometheus } = gate()
    const policyFile = join(dirname(prometheus.slos), 'policy.json')
    writeFileSync(policyFile, JSON.stringify(policy))
    const run = (service: string) =>
      Bun.spawnSync({
        cmd: [
          ...[
            process.execPath,
            join(import.meta.dir, '../main.ts'),
            '--environment',
            'production',
            '--service',
            service,
          ],
          ...['--slos', dirname(prometheus.slos), '--policy', policyFile, '--prometheus', prometheus.url, '--json'],
          ...['--audit', join(dirname(prometheus.slos), 'audit.jsonl')],
        ],
      })
    const [healthy, fast] = [run('healthy'), run('fast')]
    expect([healthy.exitCode, fast.exitCode]).toEqual([0, 1])
    expect(JSON.parse(fast.stdout.toString())).toMatchObject({
      ...{ schema: 'hourglass-gate-report/v1', verdict: 'block' },
      slos: [{ id: 'fast-main', evidence: { traffic: 'flowing', rulesEvaluatedAt: expect.any(String) } }],
    })
  })

  test('each figure comes with the question that it answers', async () => {
    const { decide, prometheus } = gate()
    const { slos } = await decide(['fast'])
    const [figure] = slos[0]?.findings[0]?.figures ?? []
    expect(figure).toMatchObject({ name: 'error ratio of 5m', threshold: 0.0144 })
    const [answer] = await createAsker({ url: prometheus.url }).query(figure?.query ?? '', Date.now() / 1_000)
    expect(answer?.value).toBeCloseTo(figure?.value ?? 0, 2)
  })
}
