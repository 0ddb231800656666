/**
 * The whole test command: installs what it needs, runs every runner, and ends with one line `N passed, N failed`.
 * A runner that dies, or that ran nothing, counts as a failure of its own.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { testsAcross } from './test/across'
import { findOrInstallChromium } from './test/chromium'
import { beginBunTests, reports, runBunTests, runCheck, type Suite } from './test/run'
import { startServers } from './test/servers'
import { browserTestsOf, oneStage } from './test/shapes'
import { addCheck, emptyTally } from './test/tally'

const bun = process.execPath
const tally = emptyTally()

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

if (runCheck(tally, 'install', [bun, 'install', '--frozen-lockfile'])) {
  runCheck(tally, 'lint and format', [bun, 'run', 'lint'])
  runCheck(tally, 'types', [bun, 'run', 'typecheck'])
  runCheck(tally, 'unused code and dependencies', [bun, 'run', 'knip'])
  runCheck(tally, 'arrows between packages', [bun, 'run', 'arrows'])
  await runTests()
}
for (const line of tally.spent) console.log(`time: ${line}`)
for (const line of tally.broken) console.log(`failed: ${line}`)
console.log(`${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed === 0 ? 0 : 1)

async function runTests(): Promise<void> {
  console.log('\n── servers')
  const servers = await startServers(tally)
  if (!servers) return
  const chromium = await findOrInstallChromium()
  addCheck(tally, 'a Chromium for the browser tests', chromium !== null)
  const environment = { ...servers.environment, ...(chromium && { HOURGLASS_CHROMIUM: chromium }) }
  try {
    // The program serves built pages as they are: yesterday's would be tested.
    runCheck(tally, 'build of the pages', [bun, 'run', 'build'])
    const { alone, observing, timeless } = testsAcross()
    // Two suites at a time where one waits for what it has started: containers, servers, scrapes. What promises times has the
    // machine to itself.
    const endTimeless = beginBunTests(tally, [
      ...imageTests(),
      { name: 'access and shapes', report: 'timeless', paths: timeless, environment },
    ])
    const units = ['apps', 'packages', 'scripts']
    await runBunTests(tally, { name: 'unit and service tests', report: 'units', paths: units, environment })
    await endTimeless()
    await runBunTests(tally, { name: 'tests across services', report: 'services', paths: alone, environment })
    const endObserving = beginBunTests(tally, [
      { name: 'observability', report: 'observability', paths: observing, environment },
    ])
    if (chromium) await runBrowserTests('single process', 'single', environment)
    await endObserving()
    if (chromium) await runBrowserTests('stack', 'stack', { ...environment, HOURGLASS_SHAPE: 'stack' })
  } finally {
    await servers.stop()
  }
}

async function runBrowserTests(on: string, shape: 'single' | 'stack', environment: Record<string, string>) {
  const report = shape === 'single' ? 'browser' : 'browser-stack'
  const paths = browserTestsOf[shape]
  await runBunTests(tally, { name: `browser tests on the ${on}`, report, paths, preload: [oneStage], environment })
}

/** Build the images and run the compose file, where that can be had: by root on Debian, which installs podman. */
function imageTests(): Suite[] {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    return [{ name: 'images and compose', report: 'images', paths: ['tests/images'], environment: {} }]
  }
  console.log('\n── images and compose: left out, they need root on Debian (bun run test:images)')
  return []
}
