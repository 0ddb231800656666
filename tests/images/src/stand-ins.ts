import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findFerretdb } from '@hourglass/servers/ferretdb'
import { cacheFolder } from '@hourglass/servers/go-tool'
import { run } from './run'

const recipes = join(import.meta.dir, '../stand-ins')
const nameOf = (name: string) => `localhost/hourglass-stand-in/${name}`
const names = ['node', 'postgres', 'redis', 'rabbitmq', 'mongo', 'mail'] as const
export type StandIn = 'debian' | (typeof names)[number]

/**
 * Images that stand in for those of a registry that is not reached: the recipes stay those of production, and only the names of
 * their bases are others. Each is made once, for as long as its recipe stays. Answers their names.
 */
export async function makeStandIns(): Promise<Record<StandIn, string>> {
  const debian = await makeDebian()
  const made: [StandIn, string][] = [['debian', debian]]
  for (const name of names) made.push([name, await makeOne(name)])
  for (const [name, image] of made) console.log(`stand-in for ${name}: ${image} (not the image of production)`)
  return Object.fromEntries(made) as Record<StandIn, string>
}

async function makeDebian(): Promise<string> {
  const image = nameOf('debian')
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

async function makeOne(name: (typeof names)[number]): Promise<string> {
  const context = mkdtempSync(join(tmpdir(), 'hourglass-image-'))
  try {
    cpSync(join(recipes, name), context, { recursive: true })
    await addFiles(name, context)
    const image = `${nameOf(name)}:${digestOf(join(recipes, name))}`
    if (!(await exists(image))) await build(['-t', image, context])
    return image
  } finally {
    rmSync(context, { recursive: true, force: true })
  }
}

/** What a recipe copies and no repository holds. */
async function addFiles(name: string, context: string): Promise<void> {
  const copy = (from: string, to: string) => cpSync(from, join(context, to), { recursive: true, dereference: true })
  if (name === 'mongo') copy(await findFerretdb(), 'ferretdb')
  if (name === 'node') {
    copy(realpathSync(Bun.which('node') ?? '/usr/bin/node'), 'node')
    copy(dirname(dirname(realpathSync(Bun.which('npm') ?? '/usr/bin/npm'))), 'npm')
    copy('/etc/ssl/certs/ca-certificates.crt', 'ca-certificates.crt')
  }
  if (name === 'mail') {
    copy(process.execPath, 'bun')
    await Bun.build({ entrypoints: [join(recipes, 'mail/mail.ts')], outdir: context, target: 'bun' })
  }
}

/** `buildah bud` without a daemon and without a registry. */
export const build = (args: readonly string[]): Promise<string> =>
  run(['buildah', 'bud', '--isolation=chroot', '--pull-never', '--format=docker', '--layers', '-q', ...args])

const exists = (image: string): Promise<boolean> =>
  run(['podman', 'image', 'exists', image]).then(
    () => true,
    () => false,
  )

function digestOf(folder: string): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 12)
}
