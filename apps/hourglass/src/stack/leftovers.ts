import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endProcess, startOf } from '@hourglass/servers/process-identity'
import { z } from 'zod'

const Known = z.record(z.string(), z.object({ pid: z.number(), start: z.string() }))

export type Leftovers = { remember: (name: string, pid: number) => void; forgetAll: () => void }

/**
 * Ends what a stack that was killed left running on the folder, and remembers the processes of this one, each by its id and
 * start: a number alone may be somebody else's by now.
 */
export async function endLeftovers(folder: string): Promise<Leftovers> {
  const file = join(folder, 'processes.json')
  const left = existsSync(file) ? Known.catch({}).parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  await Promise.all(
    Object.values(left).map(async ({ pid, start }) => {
      if (startOf(pid) !== start) return
      if (!(await endProcess(pid, 'SIGTERM', 10_000))) await endProcess(pid, 'SIGKILL', 5_000)
    }),
  )
  const known: z.infer<typeof Known> = {}
  return {
    remember: (name, pid) => {
      const start = startOf(pid)
      if (start === null) return
      known[name] = { pid, start }
      writeFileSync(file, JSON.stringify(known, null, 2))
    },
    forgetAll: () => rmSync(file, { force: true }),
  }
}
