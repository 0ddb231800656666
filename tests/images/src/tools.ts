import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installDebianPackage } from '@hourglass/servers/debian'
import { cacheFolder } from '@hourglass/servers/go-tool'
import { run } from './run'

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
const composeVersion = '1.6.0'
const configuration = '/etc/containers/containers.conf'

/** Installs what builds and runs images here, and answers the command for compose files. */
export async function installTools(): Promise<string[]> {
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
  const place = join(cacheFolder(), `podman-compose-${composeVersion}`)
  const python = join(place, 'bin/python3')
  if (!existsSync(python)) await run(['python3', '-m', 'venv', place])
  const program = join(place, 'bin/podman-compose')
  if (!existsSync(program)) await run([python, '-m', 'pip', 'install', '-q', `podman-compose==${composeVersion}`])
  return [program]
}
