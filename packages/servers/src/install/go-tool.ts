import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../problem'
import { findProgram } from '../process/find-program'

/** Where what takes long to build or fetch is kept, outside of any clone. */
export const cacheFolder = (): string => join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hourglass')

/**
 * Builds the Go program in `folder` (go.mod, go.sum, main.go: exact versions, checked by their sums) once for all clones, and
 * answers its path. A change of its files is another program. Throws a Problem when Go is missing or the build fails.
 */
export function buildGoTool(name: string, folder: string): string {
  const built = join(cacheFolder(), `${name}-${digestOf(folder)}`)
  if (existsSync(built)) return built
  const go = findProgram('go')
  if (!go) throw new Problem(`${name} is built from source, and Go is not installed. Install Go 1.26 or newer.`)
  console.log(`Building ${name}; it takes a minute or two, once.`)
  mkdirSync(cacheFolder(), { recursive: true })
  const part = `${built}.${process.pid}`
  const { exitCode, stderr } = Bun.spawnSync([go, 'build', '-trimpath', '-o', part, '.'], {
    cwd: folder,
    // Sums of what the checksum database does not know stand in go.sum, and are checked like all others.
    env: { ...process.env, GOFLAGS: '-mod=readonly', GONOSUMDB: 'github.com/FerretDB/*', CGO_ENABLED: '0' },
    timeout: 900_000,
  })
  if (exitCode !== 0) throw new Problem(`${name} could not be built: ${stderr.toString().trim().slice(-600)}`)
  renameSync(part, built)
  return built
}

function digestOf(folder: string): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 16)
}
