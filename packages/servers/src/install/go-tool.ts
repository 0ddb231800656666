import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Problem } from '../problem'
import { findProgram } from '../process/find-program'

/** Where what takes long to build or fetch is kept, outside of any clone. */
export const cacheFolder = (): string => join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hourglass')

export type GoTool = {
  name: string
  /** The folder below `scripts/tools` with its go.mod and go.sum: exact versions, checked by their sums. */
  folder: string
  /** The package to build; by default the one in `folder`. */
  program?: string
  tags?: readonly string[]
  /** Variables that the linker sets, such as the version a program tells of itself. */
  variables?: Readonly<Record<string, string>>
}

/**
 * Builds a Go program once for all clones, and answers its path. Another version, tag or source is another program. `say` gets a
 * line now and then while it builds. Throws a Problem when Go is missing or the build fails.
 */
export async function buildGoTool(tool: GoTool, say: (line: string) => void = console.log): Promise<string> {
  const { name, program = '.', tags = [], variables = {} } = tool
  const folder = resolve(import.meta.dir, '../../../../scripts/tools', tool.folder)
  const built = join(cacheFolder(), `${name}-${digestOf(folder, { program, tags, variables })}`)
  if (existsSync(built)) return built
  const go = findProgram('go')
  if (!go) throw new Problem(`${name} is built from source, and Go is not installed. Install Go 1.26 or newer.`)
  mkdirSync(cacheFolder(), { recursive: true })
  const part = `${built}.${process.pid}`
  const flags = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)
  const settings = ['-trimpath', '-ldflags', ['-s -w', ...flags].join(' '), '-tags', tags.join(',')]
  // Sums of what the checksum database does not know stand in go.sum, and are checked like all others.
  const env = { ...process.env, GOFLAGS: '-mod=readonly', GONOSUMDB: 'github.com/FerretDB/*', CGO_ENABLED: '0' }
  say(`Building ${name}; it takes a few minutes, once.`)
  const child = Bun.spawn([go, 'build', '-v', ...settings, '-o', part, program], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 3_600_000,
  })
  const lastWords = await followBuild(name, child.stderr, say)
  if ((await child.exited) !== 0) {
    rmSync(part, { force: true })
    throw new Problem(`${name} could not be built: ${lastWords}`)
  }
  renameSync(part, built)
  return built
}

const sayEveryMs = 10_000

/** Go names each package that it fetches or compiles; the last of its lines say what went wrong. */
async function followBuild(name: string, output: ReadableStream<Uint8Array>, say: (line: string) => void) {
  const decoder = new TextDecoder()
  const startedAt = performance.now()
  let tail = ''
  let lines = 0
  const clock = setInterval(() => {
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    say(`Building ${name}: ${seconds} s, ${lines} packages; the last: ${tail.trim().split('\n').at(-1) || 'none'}`)
  }, sayEveryMs)
  try {
    for await (const bytes of output) {
      const text = decoder.decode(bytes, { stream: true })
      lines += text.split('\n').length - 1
      tail = (tail + text).slice(-600)
    }
  } finally {
    clearInterval(clock)
  }
  return tail.trim()
}

function digestOf(folder: string, settings: object): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${JSON.stringify(settings)}`)
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex').slice(0, 16)
}
