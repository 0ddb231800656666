import { readFileSync } from 'node:fs'

/** Processor time that a process has used since it began, in seconds; from `/proc/<pid>/stat`, fields 14 and 15, in ticks of 10 ms. */
export function processorSecondsOf(pid: number | null): number {
  if (pid === null || process.platform !== 'linux') return Number.NaN
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
