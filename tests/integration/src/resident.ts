import { readFileSync } from 'node:fs'
import { type Program, processesOf } from '@hourglass/support/program'

/** Resident memory of the program, in MB: of the single process, or of all that the stack has started, its servers too. */
export const residentMb = ({ pid, dataFolder }: Program): number =>
  [pid, ...Object.values(processesOf(dataFolder))].map(residentOf).reduce((sum, mb) => sum + mb, 0)

const residentOf = (pid: number | null): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
