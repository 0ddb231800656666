/**
 * The whole test command: installs what it needs, runs every runner, and ends with one line `N passed, N failed`.
 * A runner that dies, or that ran nothing, counts as a failure of its own.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

const reports = 'test-results'
let passed = 0
let failed = 0

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

check('install', [process.execPath, 'install', '--frozen-lockfile'])
if (failed === 0) {
  check('lint and format', [process.execPath, 'run', 'lint'])
  check('types', [process.execPath, 'run', 'typecheck'])
  runBunTests(
    'unit and service tests',
    ['test', 'apps', 'packages'].filter((path) => path === 'test' || existsSync(path)),
  )
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Runs a command that either holds or not, and counts it as one test. */
function check(name: string, command: string[]): void {
  console.log(`\n── ${name}`)
  const { exitCode } = Bun.spawnSync(command, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (exitCode === 0) passed++
  else failed++
}

function runBunTests(name: string, args: string[]): void {
  console.log(`\n── ${name}`)
  const report = `${reports}/bun.xml`
  const command = [process.execPath, ...args, '--reporter=junit', `--reporter-outfile=${report}`]
  const { exitCode } = Bun.spawnSync(command, { stdio: ['ignore', 'inherit', 'inherit'] })
  const counts = existsSync(report) ? readJunitCounts(readFileSync(report, 'utf8')) : { tests: 0, failures: 0 }
  passed += counts.tests - counts.failures
  failed += counts.failures
  if (counts.tests === 0 || (exitCode !== 0 && counts.failures === 0)) failed++
}

function readJunitCounts(xml: string): { tests: number; failures: number } {
  const head = /<testsuites[^>]*>/.exec(xml)?.[0] ?? ''
  const attribute = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  return { tests: attribute('tests') - attribute('skipped'), failures: attribute('failures') + attribute('errors') }
}
