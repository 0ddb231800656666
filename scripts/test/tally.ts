/** What all runners counted together. A runner that did not run as it should is one failure, by its name. */
export type Tally = { passed: number; failed: number; broken: string[] }

export type Counts = { tests: number; failures: number }

export const emptyTally = (): Tally => ({ passed: 0, failed: 0, broken: [] })

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

/** Reads the head of a JUnit report; skipped tests count as not run. Text without one has run nothing. */
export function readJunitCounts(xml: string): Counts {
  const head = /<testsuites[^>]*>/.exec(xml)?.[0] ?? ''
  const attribute = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  return { tests: attribute('tests') - attribute('skipped'), failures: attribute('failures') + attribute('errors') }
}

function addBroken(tally: Tally, line: string): void {
  tally.failed++
  tally.broken.push(line)
}
