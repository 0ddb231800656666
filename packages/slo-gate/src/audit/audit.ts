import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Problem } from '../problem'

/** What the gate said, and on whose word: one line of the audit file. */
export const Entry = z.strictObject({
  /** Seconds since 1970. */
  at: z.number(),
  kind: z.enum(['gate', 'verify']),
  environment: z.string(),
  services: z.array(z.string()),
  class: z.string(),
  ...{ sha: z.string().nullable(), version: z.string().nullable() },
  ...{ actor: z.string().nullable(), author: z.string().nullable() },
  ...{ reason: z.string().nullable(), incident: z.string().nullable() },
  verdict: z.string(),
  exitCode: z.int(),
  /** `rows`: numbers of the table. `isByEvidence`: nothing stood in for figures that were missing. */
  slos: z.array(
    z.strictObject({
      ...{
        id: z.string(),
        service: z.string(),
        verdict: z.string(),
        rows: z.array(z.int()),
        isByEvidence: z.boolean(),
      },
      override: z.string().nullable(),
    }),
  ),
})
export type Entry = z.infer<typeof Entry>

const Line = z.strictObject({ entry: z.unknown(), previous: z.string(), hash: z.string() })
type Line = z.infer<typeof Line>

const beginning = '0'.repeat(64)

/**
 * The entries of an audit file, oldest first; none where there is no file yet. Each line has the hash of the one before it, so that
 * a line which was changed or taken out shows. Throws a Problem that names the first line that does not fit.
 */
export function readAudit(file: string): Entry[] {
  if (!existsSync(file)) return []
  return linesOf(file).map(({ entry }) => Entry.parse(entry))
}

/** Appends an entry, once whoever else writes at the moment has done so. */
export async function appendAudit(file: string, entry: Entry): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  await whileLocked(`${file}.lock`, () => {
    const previous = (existsSync(file) ? linesOf(file).at(-1)?.hash : null) ?? beginning
    const line = JSON.stringify({ entry, previous, hash: hashOf(previous, entry) })
    const open = openSync(file, 'a')
    try {
      writeSync(open, `${line}\n`)
      fsyncSync(open)
    } finally {
      closeSync(open)
    }
  })
}

function linesOf(file: string): Line[] {
  let previous = beginning
  const texts = readFileSync(file, 'utf8').split('\n')
  if (texts.pop() !== '') throw new Problem(`${file}, line ${texts.length + 1} is cut off.`)
  return texts.map((text, index) => {
    const line = Line.safeParse(parse(text))
    const isWhole =
      line.success && line.data.previous === previous && line.data.hash === hashOf(previous, line.data.entry)
    if (!isWhole)
      throw new Problem(`${file}, line ${index + 1} does not fit to the one before: somebody changed the file.`)
    previous = line.data.hash
    return line.data
  })
}

/** Of the entry as it stands in the line: a schema may hand on its fields in another order. */
const hashOf = (previous: string, entry: unknown): string =>
  createHash('sha256').update(previous).update(JSON.stringify(entry)).digest('hex')

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A lock of someone who died is anybody's after this. */
const staleMs = 10_000

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST'
const ageMs = (file: string): number => Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())

async function whileLocked(lock: string, write: () => void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      closeSync(openSync(lock, 'wx'))
      break
    } catch (error) {
      if (!isTaken(error)) throw error
      // Its owner may have given it back by now.
      if (ageMs(lock) > staleMs) rmSync(lock, { force: true })
      else if (tries > 200) throw new Problem(`${lock} is there since long. Is another gate running? ${error}`)
      else await Bun.sleep(50)
    }
  }
  try {
    write()
  } finally {
    rmSync(lock, { force: true })
  }
}
