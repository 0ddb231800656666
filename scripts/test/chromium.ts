import { existsSync } from 'node:fs'

/** Debian's package that the browser tests were last run with; the one place that names it. */
const pinned = '156.0.8078.79-1~deb12u1'
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The path of the Chromium for the browser tests: `HOURGLASS_CHROMIUM`, else an installed one, else Debian's package, which
 * root can install. `null` where there is none, with a line that says what to do.
 */
export async function findOrInstallChromium(): Promise<string | null> {
  const given = process.env.HOURGLASS_CHROMIUM
  const found = [...(given ? [given] : []), ...places].find((path) => existsSync(path)) ?? (await install())
  if (found) console.log(`Chromium: ${found}, ${versionOf(found)} (pinned: ${pinned})`)
  return found
}

async function install(): Promise<string | null> {
  try {
    // Only now: whoever looks into a package before its own packages are installed does not see them later either.
    const { installDebianPackage } = await import('../../packages/servers/src/install/debian')
    installDebianPackage('chromium', pinned)
    return places[0] ?? null
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error} Or name a Chromium in HOURGLASS_CHROMIUM.`)
    return null
  }
}

const versionOf = (path: string): string => Bun.spawnSync([path, '--version']).stdout.toString().trim() || 'unknown'
