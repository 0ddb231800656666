import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a phone on a slow network loads for all of a student's pages together, the exam room included. */
export const budgetBytes = 60_000
/** What measures the pages, apart: asked for when a page is at rest, needed by none, and not loaded at all where it was refused. */
export const measuringBudgetBytes = 3_500
const measuringScript = 'src/lib/telemetry/measure.ts'

type Chunk = { file: string; isEntry?: boolean; imports?: string[]; dynamicImports?: string[] }
type Manifest = Record<string, Chunk>
export type Measured = { file: string; name: string; gzippedBytes: number }

const webFolder = join(import.meta.dir, '..')

/**
 * Builds the pages into a folder of its own and weighs each script that a student can load, gzipped, the heaviest first; `apart` is
 * what measures them, with all that nothing else loads.
 */
export async function measureStudentScripts(): Promise<{ pages: Measured[]; apart: Measured[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-size-'))
  try {
    await build(folder)
    const manifest: Manifest = await Bun.file(join(folder, '.vite/manifest.json')).json()
    const weigh = async (chunks: Iterable<[file: string, name: string]>) => {
      const weights = [...chunks].map(async ([file, name]) => {
        const bytes = await Bun.file(join(folder, file)).bytes()
        return { file, name, gzippedBytes: Bun.gzipSync(bytes, { level: 9 }).byteLength }
      })
      return (await Promise.all(weights)).sort((a, b) => b.gzippedBytes - a.gzippedBytes)
    }
    const pages = chunksFrom(manifest, ([key, chunk]) => chunk.isEntry === true || isForStudents(key))
    const measuring = chunksFrom(manifest, ([key]) => key === measuringScript)
    return { pages: await weigh(pages), apart: await weigh([...measuring].filter(([file]) => !pages.has(file))) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const totalBytes = (measured: readonly Measured[]): number =>
  measured.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0)

/**
 * The chunks that are chosen, what these import, and what a student can load from there: file → a name for people. Chosen for a
 * student are the entry, the student's own pages, the exam room, and the pages that everybody has.
 */
function chunksFrom(
  manifest: Manifest,
  isChosen: (entry: [key: string, chunk: Chunk]) => boolean,
): Map<string, string> {
  const files = new Map<string, string>()
  const add = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    if (chunk.file.endsWith('.js')) files.set(chunk.file, key.replace(/-[\w-]{8}\.js$/, ''))
    for (const imported of chunk.imports ?? []) add(imported)
    for (const lazy of chunk.dynamicImports ?? []) if (isForStudents(lazy)) add(lazy)
  }
  for (const entry of Object.entries(manifest)) if (isChosen(entry)) add(entry[0])
  return files
}

/**
 * A page by its file, or the chunk that `vite.config.ts` puts the student's pages into. Not the mailbox: where mail is sent, there
 * is none; nor the style guide, which is not built.
 */
const isForStudents = (key: string): boolean =>
  /^(src\/student\/|src\/app\/(sign-in|invitation|account|not-found)|_(student|account)-)/.test(key)

async function build(folder: string): Promise<void> {
  const child = Bun.spawn(
    [process.execPath, 'x', 'vite', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: webFolder,
      // As in production: without it the styleguide and Solid's development build would be weighed.
      env: { ...process.env, NODE_ENV: 'production' },
      stdout: 'ignore',
      stderr: 'pipe',
    },
  )
  const problems = await new Response(child.stderr).text()
  if ((await child.exited) !== 0) throw new Error(`vite build failed: ${problems}`)
}

if (import.meta.main) {
  const { pages, apart } = await measureStudentScripts()
  const tell = (measured: readonly Measured[], budget: number) => {
    for (const { gzippedBytes, name } of measured) console.log(`${String(gzippedBytes).padStart(7)}  ${name}`)
    console.log(`${String(totalBytes(measured)).padStart(7)}  of ${budget} bytes gzipped`)
    return totalBytes(measured) <= budget
  }
  const areWithin = [tell(pages, budgetBytes), tell(apart, measuringBudgetBytes)]
  if (areWithin.includes(false)) process.exit(1)
}
