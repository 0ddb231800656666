/**
 * The whole test command: installs what it needs, runs every runner, and ends with one line `N passed, N failed`.
 * A runner that dies, or that ran nothing, counts as a failure of its own.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { findOrInstallChromium } from './test/chromium'
import { beginBunTests, reports, runBunTests, runCheck } from './test/run'
import { startServers } from './test/servers'
import { browserTests, oneStage, seeingTheShape } from './test/shapes'
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
    // Building images and waiting for containers leaves room for others; what promises times comes when they are done.
    const endImages = beginImageTests()
    const units = ['apps', 'packages', 'scripts']
    await runBunTests(tally, { name: 'unit and service tests', report: 'units', paths: units, environment })
    await endImages()
    const services = { name: 'tests across services', report: 'services', paths: acrossServices(), environment }
    await runBunTests(tally, services)
    if (chromium) await runBrowserTests(environment)
  } finally {
    await servers.stop()
  }
}

async function runBrowserTests(environment: Record<string, string>): Promise<void> {
  // The program serves built pages as they are: yesterday's would be tested.
  runCheck(tally, 'build of the pages', [bun, 'run', 'build'])
  const alike = { preload: [oneStage], environment }
  await runBunTests(tally, {
    ...{ name: 'browser tests on the single process', report: 'browser', paths: browserTests, ...alike },
  })
  await runBunTests(tally, {
    ...{ name: 'the same browser tests on the stack', report: 'browser-stack', paths: seeingTheShape, ...alike },
    environment: { ...environment, HOURGLASS_SHAPE: 'stack' },
  })
}

/** Builds the images and runs the compose file, where that can be had: by root on Debian, which installs podman. */
function beginImageTests(): () => Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log('\n── images and compose: left out, they need root on Debian (bun run test:images)')
    return async () => {}
  }
  const images = { name: 'images and compose', report: 'images', paths: ['tests/images'], environment: {} }
  return beginBunTests(tally, images)
}

/** The folders of `tests/` with tests for everybody; `load` measures and does not judge. */
function acrossServices(): string[] {
  const others = new Set(['e2e', 'images', 'load'])
  const folders = readdirSync('tests', { withFileTypes: true }).filter((each) => each.isDirectory())
  return folders
    .map(({ name }) => `tests/${name}`)
    .filter((path) => !others.has(path.slice('tests/'.length)))
    .filter((path) => new Bun.Glob('**/*.test.{ts,tsx}').scanSync(path).next().done === false)
}
