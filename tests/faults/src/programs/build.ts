import { cpSync, existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Plant } from './plants'

const root = resolve(import.meta.dir, '../../..')

/** Builds the services of a plant with its bug in them; the tree stays as it is. Answers their programs by service. */
export async function buildPlanted({ services, file, changes, name }: Plant): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-plant-'))
  const programs = new Map<string, string>()
  for (const service of services) {
    let isPlanted = false
    const built = await Bun.build({
      entrypoints: [join(root, 'apps', service, 'src/index.ts')],
      outdir: join(folder, service, 'src'),
      target: 'bun',
      plugins: [
        {
          name: 'plant',
          setup(build) {
            build.onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => {
              const source = readFileSync(path, 'utf8')
              isPlanted = changes.every(([find]) => source.includes(find))
              // By functions: `$` means nothing in what is put in.
              const contents = changes.reduce((text, [find, replace]) => text.replace(find, () => replace), source)
              return { contents, loader: 'ts' }
            })
          },
        },
      ],
    })
    if (!built.success) throw new AggregateError(built.logs, `${service} with «${name}» could not be built`)
    if (!isPlanted) throw new Error(`«${name}» finds nothing to change in ${file}: the code has moved on`)
    const migrations = join(root, 'apps', service, 'migrations')
    if (existsSync(migrations)) cpSync(migrations, join(folder, service, 'migrations'), { recursive: true })
    programs.set(service, join(folder, service, 'src/index.js'))
  }
  return programs
}
