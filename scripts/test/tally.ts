import type { Counts } from './junit'

/** What all runners counted together. A runner that did not run as it should is one failure, by its name. */
export type Tally = { passed: number; failed: number; broken: string[]; spent: string[] }

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, broken: [], spent: [] })

/** Adds a runner that either holds or not, as one test. */
export function addCheck(tally: Tally, name: string, isHeld: boolean): void {
  if (isHeld) tally.passed++
  else addBroken(tally, name)
}

/**
 * Adds the counts of a test runner. One that ran nothing, or ended badly although no test of its failed (it died, or failed
 * outside of any test), is a failure of its own.
 */
export function addCounts(tally: Tally, name: string, { tests, failures }: Counts, exitCode: number | null): void {
  tally.passed += tests - failures
  tally.failed += failures
  if (tests === 0) addBroken(tally, `${name}: ran nothing`)
  else if (exitCode !== 0 && failures === 0) addBroken(tally, `${name}: ended with ${exitCode ?? 'a signal'}`)
  else if (failures > 0) tally.broken.push(`${name}: ${failures} failed`)
}

function addBroken(tally: Tally, line: string): void {
  tally.failed++
  tally.broken.push(line)
}
