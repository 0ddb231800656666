import { expect, test } from 'bun:test'
import { runCrashLoop } from './crash-loop'

test('whatever is killed, and when: an acknowledged answer is in the sealed attempt and its marks, once', async () => {
  const lines: string[] = []
  const seed = Number(process.env.HOURGLASS_CRASH_SEED ?? Date.now() % 1_000_000)
  const report = await runCrashLoop({
    kills: 8,
    students: 10,
    seed,
    limitSeconds: 10,
    kinds: ['program', 'program', 'both', 'postgres'],
    log: (line) => lines.push(line),
  })
  // Named in the failure, so that it can be run again.
  expect({ seed, faults: report.faults, log: report.faults.length > 0 ? lines : [] }).toEqual({
    seed,
    faults: [],
    log: [],
  })
  expect(report.attempts).toBe(10 * report.exams)
  expect(report.acknowledged).toBeGreaterThan(50)
}, 240_000)
