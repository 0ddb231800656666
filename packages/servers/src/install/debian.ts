import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { Problem } from '../problem'

/**
 * Installs a Debian package at the version given, without starting anything of it. Debian keeps no old versions, so where the
 * pinned one is gone its successor is taken, and said. Throws a Problem where only somebody else can install it.
 */
export function installDebianPackage(name: string, version: string): void {
  const how = `Install ${name} ${version} or newer, then try again.`
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Problem(`${name} is not installed, and only root on Debian or Ubuntu can install it from here. ${how}`)
  }
  const install = (what: string) =>
    runQuietly(['apt-get', 'install', '-y', '-qq', '-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends', what])
  console.log(`Installing ${name}=${version}`)
  const isInstalled = withoutStartingServices(() => {
    // What is listed already needs no new lists: those take longer than the package.
    if (install(`${name}=${version}`)) return true
    runQuietly(['apt-get', 'update', '-qq'])
    if (install(`${name}=${version}`)) return true
    console.log(`${name}=${version} is not to be had any more. Installing the one that Debian has now.`)
    return install(name)
  })
  if (!isInstalled) throw new Problem(`${name} cannot be installed: is the network there? ${how}`)
}

const policyFile = '/usr/sbin/policy-rc.d'

/** Debian asks this program before it starts a service that was just installed: 101 forbids it. */
function withoutStartingServices<T>(install: () => T): T {
  if (existsSync(policyFile)) return install()
  writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return install()
  } finally {
    rmSync(policyFile, { force: true })
  }
}

function runQuietly(command: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return Bun.spawnSync(command, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 }).exitCode === 0
}
