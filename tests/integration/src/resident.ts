import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from '@hourglass/support/program'

/** Resident memory of the program, in MB: of the single process, or of all that the stack has started, its servers too. */
export const residentMb = (program: Program): number =>
  processesOf(program).reduce((sum, pid) => sum + residentOf(pid), 0)

function processesOf({ pid, dataFolder }: Program): (number | null)[] {
  const file = join(dataFolder, 'processes.json')
  const known: Record<string, { pid: number }> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return [pid, ...Object.values(known).map((each) => each.pid)]
}

const residentOf = (pid: number | null): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
