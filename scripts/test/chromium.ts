import { existsSync } from 'node:fs'

/** Debian's package that the browser tests were last run with; the one place that names it. */
const pinned = '156.0.8078.79-1~deb12u1'
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The path of the Chromium for the browser tests: `HOURGLASS_CHROMIUM`, else an installed one, else Debian's package, which
 * root can install. `null` where there is none, with a line that says what to do.
 */
export function findOrInstallChromium(): string | null {
  const given = process.env.HOURGLASS_CHROMIUM
  const found = [...(given ? [given] : []), ...places].find((path) => existsSync(path)) ?? install()
  if (found) console.log(`Chromium: ${found}, ${versionOf(found)} (pinned: ${pinned})`)
  return found
}

function install(): string | null {
  const how = 'Install the package chromium, or name a Chromium in HOURGLASS_CHROMIUM.'
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`There is no Chromium for the browser tests, and only root on Debian can install it here. ${how}`)
    return null
  }
  console.log(`Installing chromium=${pinned}`)
  run(['apt-get', 'update', '-qq'])
  const options = ['-y', '-qq', '--no-install-recommends']
  if (run(['apt-get', 'install', ...options, `chromium=${pinned}`])) return places[0] ?? null
  // Debian's security archive keeps the newest version alone: a pin there is a wish. What was taken instead is said below.
  console.log(`chromium=${pinned} is not to be had any more. Installing the one that Debian has now.`)
  if (run(['apt-get', 'install', ...options, 'chromium'])) return places[0] ?? null
  console.error(`Chromium cannot be installed: is the network there? ${how}`)
  return null
}

function run(command: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return Bun.spawnSync(command, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 }).exitCode === 0
}

const versionOf = (path: string): string => Bun.spawnSync([path, '--version']).stdout.toString().trim() || 'unknown'
