import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { installDebianPackage } from '@hourglass/servers/debian'
import { cacheFolder } from '@hourglass/servers/go-tool'

/** Debian's packages that the tests were last run with. */
const packages = {
  podman: '4.3.1+ds1-8+deb12u1+b3',
  buildah: '1.28.2+ds1-3+deb12u1+b3',
  runc: '1.1.5+ds1-1+deb12u1',
  debootstrap: '1.0.128+nmu2+deb12u2',
  netavark: '1.4.0-3',
  'aardvark-dns': '1.4.0-3',
  iptables: '1.8.9-2',
}
const configuration = '/etc/containers/containers.conf'

/** Installs what builds and runs images here: Debian's own, at the version that the tests were last run with. */
export async function installTools(): Promise<void> {
  for (const [name, version] of Object.entries(packages)) {
    const isInstalled = Bun.spawnSync(['dpkg', '-s', name], { stdio: ['ignore', 'ignore', 'ignore'] }).exitCode === 0
    if (!isInstalled) installDebianPackage(name, version)
  }
  if (!existsSync(configuration)) {
    mkdirSync('/etc/containers', { recursive: true })
    // Without systemd's cgroups, as on machines that are containers themselves; crun wants the newer kind.
    const engine = '[engine]\nruntime="runc"\ncgroup_manager="cgroupfs"\n'
    writeFileSync(configuration, `[containers]\ndefault_ulimits=["nofile=4096:4096","nproc=8192:8192"]\n${engine}`)
  }
}

/** The program for compose files that `scripts/setup-dev.sh` has installed, or found. */
export async function composeProgram(): Promise<string> {
  const own = [...new Bun.Glob('podman-compose-*/bin/podman-compose').scanSync({ cwd: cacheFolder(), absolute: true })]
  const found = own.toSorted().at(-1) ?? Bun.which('podman-compose')
  if (!found) throw new Error('scripts/setup-dev.sh has installed no podman-compose')
  return found
}
