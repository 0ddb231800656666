import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readJunitCounts, readJunitFailures, readJunitSeconds } from './junit'
import { addCheck, addCounts, type Tally } from './tally'

export const reports = 'test-results'

/** Runs a command that either holds or not. */
export function runCheck(tally: Tally, name: string, command: string[]): boolean {
  console.log(`\n── ${name}`)
  const { exitCode } = Bun.spawnSync(command, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 })
  addCheck(tally, name, exitCode === 0)
  return exitCode === 0
}

/** A run of `bun test` on files and folders; its own report goes to `test-results/<report>.xml`. */
export type Suite = {
  name: string
  report: string
  paths: readonly string[]
  preload?: readonly string[]
  environment: Record<string, string>
}

/** Runs a suite and counts its tests. */
export async function runBunTests(tally: Tally, suite: Suite): Promise<void> {
  console.log(`\n── ${suite.name}`)
  const runner = launch(suite, 'inherit')
  await runner.exited
  countSuite(tally, suite, runner)
}

/**
 * Begins suites beside others, one after the other. What they say is shown, and their tests are counted, by the function that is
 * answered.
 */
export function beginBunTests(tally: Tally, suites: readonly Suite[]): () => Promise<void> {
  const running = runQuietly(suites)
  return async () => {
    for (const { suite, said, runner } of await running) {
      console.log(`\n── ${suite.name}\n${said}`)
      countSuite(tally, suite, runner)
    }
  }
}

async function runQuietly(suites: readonly Suite[]) {
  const ended: { suite: Suite; said: string; runner: Bun.Subprocess }[] = []
  for (const suite of suites) {
    const file = `${reports}/${suite.report}.txt`
    // One opening for both, or each would write over what the other wrote.
    const output = openSync(file, 'w')
    const runner = launch(suite, output)
    await runner.exited
    closeSync(output)
    ended.push({ suite, said: readFileSync(file, 'utf8'), runner })
  }
  return ended
}

function launch(suite: Suite, output: 'inherit' | number) {
  const { paths, preload = [], environment } = suite
  rmSync(logsOf(suite), { recursive: true, force: true })
  // A busy machine is no fault of the code: what hangs is ended, what is slow is not. Bun reads no such setting from its file.
  const first = ['--timeout=60000', ...preload.map((file) => `--preload=./${file}`)]
  const command = [process.execPath, 'test', ...first, ...paths.map((path) => `./${path}`)]
  // Not spawnSync: the pipe to the database's watcher must stay alive while the tests run.
  return Bun.spawn([...command, '--reporter=junit', `--reporter-outfile=${reportOf(suite)}`], {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...environment, HOURGLASS_TEST_LOGS: logsOf(suite) },
    timeout: 1_200_000,
    killSignal: 'SIGKILL',
  })
}

function countSuite(tally: Tally, suite: Suite, runner: Bun.Subprocess): void {
  const { exitCode } = runner
  const file = reportOf(suite)
  const xml = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (exitCode !== 0) printLogs(logsOf(suite))
  addCounts(tally, suite.name, readJunitCounts(xml), exitCode)
  // With what it started and ended, but for servers that all suites share. Others on the machine take time from us, and no work.
  const workSeconds = Number(runner.resourceUsage()?.cpuTime.total ?? 0) / 1_000_000
  tally.spent.push(`${suite.name}: ${toSpent(xml, workSeconds)}`)
  for (const failure of readJunitFailures(xml)) {
    tally.broken.push(`${failure.file} ${failure.name}\n    ${failure.message.replaceAll('\n', '\n    ')}`)
  }
}

const reportOf = ({ report }: Suite): string => `${reports}/${report}.xml`

const logsOf = ({ report }: Suite): string => resolve(reports, 'logs', report)

function toSpent(xml: string, workSeconds: number): string {
  const files = readJunitSeconds(xml)
  const total = files.reduce((sum, { seconds }) => sum + seconds, 0)
  const longest = files.slice(0, 6).map(({ file, seconds }) => `${file} ${Math.round(seconds)}`)
  return `${Math.round(total)} s, ${Math.round(workSeconds)} s of work of a core; longest: ${longest.join(', ')}`
}

/** What the programs under test wrote in the end: else a failure that comes once in a while can't be understood. */
function printLogs(folder: string): void {
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const text = readFileSync(join(folder, file), 'utf8')
    console.log(`\n── the end of ${join(reports, 'logs')} … ${file}\n${text.slice(-4_000)}`)
  }
}
