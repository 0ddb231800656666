import { existsSync } from 'node:fs'
import { installDebianPackage } from '../../packages/servers/src/install/debian'

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
  try {
    installDebianPackage('chromium', pinned)
    return places[0] ?? null
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error} Or name a Chromium in HOURGLASS_CHROMIUM.`)
    return null
  }
}

const versionOf = (path: string): string => Bun.spawnSync([path, '--version']).stdout.toString().trim() || 'unknown'
