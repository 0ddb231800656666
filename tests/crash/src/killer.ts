import type { Program } from '@hourglass/support/program'
import type { Random } from '@hourglass/support/random'

export const kinds = ['program', 'both', 'postgres'] as const
export type Kind = (typeof kinds)[number]
export type Killer = {
  /** Kills and starts again until told to stop or no kill is left; resolves when the program serves again. */
  run: () => Promise<void>
  stop: () => void
  kills: () => Record<Kind, number>
  total: () => number
  /** Starts that ended by themselves and were made again, as a supervisor would. */
  failedStarts: () => number
}

/**
 * Kills without warning at moments that nobody chose: three times in four while the program serves, else while it starts. `program`
 * leaves PostgreSQL running, as an out-of-memory killer would; `both` is a power failure; `postgres` takes the database
 * from under a program that goes on, which must be serving again within `recoveryMs`, or have ended for its supervisor.
 */
export function createKiller(
  program: Program,
  options: { random: Random; kills: number; kinds: readonly Kind[]; log: (line: string) => void },
): Killer {
  const { random, kills: wanted, log } = options
  const done: Record<Kind, number> = { program: 0, postgres: 0, both: 0 }
  const total = () => done.program + done.postgres + done.both
  let isStopped = false
  let failedStarts = 0

  const untilServing = async () => {
    for (let start = 0; start < 5; start++) {
      program.launch()
      try {
        return await program.untilReady()
      } catch (error) {
        if (program.pid !== null || start === 4) throw error
        failedStarts++
        log(`a start failed: ${program.output().trim().split('\n').at(-1)}`)
        await Bun.sleep(500)
      }
    }
  }

  const killOnce = async () => {
    const isWhileServing = random.next() < 0.75
    if (isWhileServing) await untilServing()
    await Bun.sleep(isWhileServing ? random.whole(20, 1_500) : random.whole(0, 1_200))
    if (isStopped) return
    const kind = isWhileServing ? random.pick(options.kinds) : 'program'
    if (kind !== 'program' && !program.killPostgres()) return
    if (kind === 'postgres') await untilRecovered(program)
    else await program.kill()
    done[kind]++
    if (total() % 10 === 0) log(`${total()} of ${wanted} kills`)
    program.launch()
  }
  return {
    run: async () => {
      while (!isStopped && total() < wanted) await killOnce()
      await untilServing()
    },
    failedStarts: () => failedStarts,
    stop: () => {
      isStopped = true
    },
    kills: () => ({ ...done }),
    total,
  }
}

const recoveryMs = 15_000

/** Resolves when the program serves on another PostgreSQL, or has ended because its own did. */
async function untilRecovered(program: Program): Promise<void> {
  const giveUpAt = performance.now() + recoveryMs
  // What is left of the old database may answer for a moment.
  await Bun.sleep(100)
  while (performance.now() < giveUpAt) {
    if (program.pid === null) return
    if (
      await program.untilReady(1_000).then(
        () => true,
        () => false,
      )
    )
      return
  }
  throw new Error(`the program neither served nor ended within ${recoveryMs} ms of the death of its PostgreSQL`)
}
