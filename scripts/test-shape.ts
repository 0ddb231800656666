/**
 * Runs the end-to-end tests on one shape of the program, the same tests on either: `bun run test:shape single`, or
 * `bun run test:shape stack tests/e2e/src/journey.test.ts` for some of them.
 */
import { findOrInstallChromium } from './test/chromium'
import { onBothShapes, oneStage } from './test/shapes'

const [shape = '', ...paths] = process.argv.slice(2)
if (shape !== 'single' && shape !== 'stack') {
  console.error('bun run test:shape single | stack [file or folder …]')
  process.exit(1)
}
const chromium = await findOrInstallChromium()
const files = (paths.length > 0 ? paths : onBothShapes).map((path) => `./${path}`)
const { exitCode } = Bun.spawnSync([process.execPath, 'test', '--timeout=60000', `--preload=./${oneStage}`, ...files], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, HOURGLASS_SHAPE: shape, ...(chromium && { HOURGLASS_CHROMIUM: chromium }) },
})
process.exit(exitCode)
