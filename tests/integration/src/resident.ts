import { readFileSync } from 'node:fs'
import type { Program } from '@hourglass/support/program'

/** Resident memory of the program, in MB. */
export const residentMb = ({ pid }: Program): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
