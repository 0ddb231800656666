import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { findFerretdb } from '@hourglass/servers/ferretdb'
import { observers } from '@hourglass/servers/observability'
import { makeDebian } from './debian'
import { build, exists, standInOf } from './podman'

const recipes = join(import.meta.dir, '../stand-ins')

/** Files that a recipe copies and no repository holds: their names there, and where they are here. */
type Files = Readonly<Record<string, string>>

/** What each stand-in needs besides its recipe; those that others are made from come first. */
const needs = {
  node: () => ({
    node: realpathSync(Bun.which('node') ?? '/usr/bin/node'),
    npm: dirname(dirname(realpathSync(Bun.which('npm') ?? '/usr/bin/npm'))),
    'ca-certificates.crt': '/etc/ssl/certs/ca-certificates.crt',
  }),
  postgres: () => ({}),
  redis: () => ({}),
  rabbitmq: () => ({}),
  mongo: async () => ({ ferretdb: await findFerretdb() }),
  mail: () => ({ bun: process.execPath }),
  busybox: () => ({}),
  prometheus: async () => ({ prometheus: await observers.prometheus() }),
  // Debian's reads from files what others hold in themselves.
  alertmanager: () => ({ alertmanager: observers.alertmanager(), templates: '/usr/share/prometheus/alertmanager' }),
  loki: async () => ({ loki: await observers.loki() }),
  tempo: async () => ({ tempo: await observers.tempo() }),
  collector: async () => ({ collector: await observers.collector() }),
  'node-exporter': () => ({ 'node-exporter': observers['node exporter']() }),
  'postgres-exporter': () => ({ 'postgres-exporter': observers['postgres exporter']() }),
  'redis-exporter': () => ({ 'redis-exporter': observers['redis exporter']() }),
} satisfies Record<string, () => Files | Promise<Files>>
export type StandIn = 'debian' | keyof typeof needs

/**
 * Images that stand in for those of a registry that is not reached: the recipes stay those of production, and only the names of
 * their bases are others. Each is made once, for as long as its recipe and what it copies stay. Answers their names.
 */
export async function makeStandIns(): Promise<Record<StandIn, string>> {
  const made: [string, string][] = [['debian', await makeDebian()]]
  for (const [name, findFiles] of Object.entries(needs)) made.push([name, await makeOne(name, await findFiles())])
  for (const [name, image] of made) console.log(`stand-in for ${name}: ${image} (not the image of production)`)
  // Every name has been through one of the two lines above.
  return Object.fromEntries(made) as Record<StandIn, string>
}

async function makeOne(name: string, files: Files): Promise<string> {
  const recipe = join(recipes, name)
  const image = `${standInOf(name)}:${digestOf(recipe, files)}`
  if (await exists(image)) return image
  const context = mkdtempSync(join(tmpdir(), 'hourglass-image-'))
  try {
    cpSync(recipe, context, { recursive: true })
    for (const [to, from] of Object.entries(files)) {
      cpSync(from, join(context, to), { recursive: true, dereference: true })
    }
    if (name === 'mail') await Bun.build({ entrypoints: [join(recipe, 'mail.ts')], outdir: context, target: 'bun' })
    // By its bare name other recipes begin with it.
    await build(['-t', image, '-t', standInOf(name), context])
    return image
  } finally {
    rmSync(context, { recursive: true, force: true })
  }
}

/** Of what we build ourselves the name tells the version; of all else the size. */
function digestOf(recipe: string, files: Files): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(recipe).sort()) hash.update(file).update(readFileSync(join(recipe, file)))
  for (const [to, from] of Object.entries(files)) hash.update(`${to} ${basename(from)} ${statSync(from).size}`)
  return hash.digest('hex').slice(0, 12)
}
