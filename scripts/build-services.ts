/**
 * Builds every service into a folder of its own that needs Bun and nothing else: `bun scripts/build-services.ts out`. The program is
 * one file; beside it lie its migrations, the health check, and for the gateway the pages. Then Bun itself, and an empty folder of
 * settings for each that set-up writes some for. The same commit gives the same bytes.
 */
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

const services = ['students', 'quizzes', 'exams', 'grading', 'notifier', 'gateway']
const entries = new Map([
  ...services.map((name) => [name, `apps/${name}/src/index.ts`] as const),
  ['set-up', 'apps/hourglass/src/set-up/main.ts'],
])
const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('bun scripts/build-services.ts <folder>')
  process.exit(1)
}
const root = resolve(import.meta.dir, '..')
const target = resolve(folder)
rmSync(target, { recursive: true, force: true })
for (const [service, entry] of entries) {
  await buildService(service, entry)
}
for (const name of [...entries.keys(), 'postgres-exporter']) {
  mkdirSync(join(target, 'config', name), { recursive: true, mode: 0o700 })
}
copyFileSync(process.execPath, join(target, 'bun'))
chmodSync(join(target, 'bun'), 0o755)

async function buildService(service: string, entry: string): Promise<void> {
  const out = join(target, service)
  await bundle(join(root, entry), join(out, 'src/index.js'))
  await bundle(join(root, 'packages/service/src/probe.ts'), join(out, 'probe.js'))
  // Says that these are modules, and which.
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ name: `hourglass-${service}`, type: 'module' })}\n`)
  const migrations = join(root, 'apps', service, 'migrations')
  if (existsSync(migrations)) cpSync(migrations, join(out, 'migrations'), { recursive: true })
  if (service === 'gateway') {
    cpSync(join(root, 'apps/web/dist'), join(out, 'ui'), { recursive: true })
    copyApiPage(join(out, 'node_modules/swagger-ui-dist'))
  }
}

async function bundle(entry: string, outfile: string): Promise<void> {
  const built = await Bun.build({
    entrypoints: [entry],
    outdir: dirname(outfile),
    naming: basename(outfile),
    target: 'bun',
    minify: { syntax: true, whitespace: true, identifiers: false },
    sourcemap: 'linked',
  })
  if (!built.success) throw new AggregateError(built.logs, `${entry} could not be built`)
}

/** What the page of the API loads, from the package that the gateway looks for. */
function copyApiPage(to: string): void {
  const from = join(root, 'apps/gateway/node_modules/swagger-ui-dist')
  mkdirSync(to, { recursive: true })
  for (const file of ['package.json', 'LICENSE', 'swagger-ui.css', 'swagger-ui-bundle.js']) {
    cpSync(join(from, file), join(to, file))
  }
}
