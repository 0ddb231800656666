import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '@hourglass/servers/go-tool'
import { exists, standInOf } from './podman'
import { run } from './run'

/** Stands in for debian:bookworm-slim: what debootstrap makes of Debian's packages, once. Answers the image's name. */
export async function makeDebian(): Promise<string> {
  const image = standInOf('debian')
  if (await exists(image)) return image
  const root = join(cacheFolder(), 'stand-in-debian')
  if (!existsSync(join(root, 'etc/os-release'))) {
    rmSync(root, { recursive: true, force: true })
    mkdirSync(cacheFolder(), { recursive: true })
    const packages = 'ca-certificates,libstdc++6,libatomic1'
    const command = ['debootstrap', '--variant=minbase', `--include=${packages}`, 'bookworm', root, ...archiveOf()]
    await run(command)
  }
  await run(['sh', '-c', `tar -C "$0" -cf - . | podman import -q - "$1"`, root, image])
  return image
}

/** Where this machine itself gets Debian's packages from. */
function archiveOf(): string[] {
  const folder = '/etc/apt/sources.list.d'
  const texts = existsSync(folder) ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')) : []
  const found = /^URIs:\s*(\S+\/debian\/?)$/m.exec(texts.join('\n'))?.[1]
  // Without one debootstrap takes its own.
  return found ? [found] : []
}
