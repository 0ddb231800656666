import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** What is other in a test build than in the tree: a bug that was planted, or a place at which to die. */
export type SourceChange = {
  name: string
  /** Into whose builds it goes. */
  services: readonly string[]
  /** The source file that ends so, and which of its texts become which others. */
  file: string
  edits: readonly (readonly [find: string, replace: string])[]
}

/** Test builds of services. The tree stays as it is. */
export type Programs = { pathOf: (service: string) => string | undefined; remove: () => void }

/** Of the repository. */
export const root = resolve(import.meta.dir, '../../../..')

/** Builds each service that something is changed of. Throws an Error for a change that finds nothing to change. */
export async function buildPrograms(changes: readonly SourceChange[]): Promise<Programs> {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-programs-'))
  const services = new Set(changes.flatMap((change) => change.services))
  for (const service of services) {
    const its = changes.filter((change) => change.services.includes(service))
    await buildProgram(service, its, join(folder, service))
  }
  return {
    pathOf: (service) => (services.has(service) ? join(folder, service, 'src/index.js') : undefined),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function buildProgram(service: string, changes: readonly SourceChange[], folder: string): Promise<void> {
  const made = new Set<SourceChange>()
  const built = await Bun.build({
    entrypoints: [join(root, 'apps', service, 'src/index.ts')],
    outdir: join(folder, 'src'),
    target: 'bun',
    plugins: [
      {
        name: 'changes',
        setup(build) {
          for (const [file, its] of Map.groupBy(changes, (change) => change.file)) {
            build.onLoad({ filter: new RegExp(`${RegExp.escape(file)}$`) }, ({ path }) => {
              for (const change of its) made.add(change)
              return { contents: its.reduce(edit, readFileSync(path, 'utf8')), loader: 'ts' }
            })
          }
        },
      },
    ],
  })
  if (!built.success) throw new AggregateError(built.logs, `a test build of ${service} failed`)
  for (const { name, file } of changes.filter((change) => !made.has(change))) {
    throw new Error(`«${name}»: ${service} has no file ${file}`)
  }
  // What is looked up while it runs, such as the API reference's files.
  symlinkSync(join(root, 'apps', service, 'node_modules'), join(folder, 'node_modules'))
  const migrations = join(root, 'apps', service, 'migrations')
  if (existsSync(migrations)) cpSync(migrations, join(folder, 'migrations'), { recursive: true })
}

/** The source as a change makes it. Throws an Error when it finds nothing to change. */
export function edit(source: string, { name, file, edits }: SourceChange): string {
  return edits.reduce((text, [find, replace]) => {
    if (!text.includes(find)) throw new Error(`«${name}» finds nothing to change in ${file}: the code has moved on`)
    // By a function: `$` means nothing in what is put in.
    return text.replace(find, () => replace)
  }, source)
}
