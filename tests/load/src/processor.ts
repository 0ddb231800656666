import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Processor time that a process has used since it began, in seconds; from `/proc/<pid>/stat`, fields 14 and 15, in ticks of 10 ms. */
export function processorSecondsOf(pid: number | null): number {
  if (pid === null || process.platform !== 'linux') return Number.NaN
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The same of a data folder's PostgreSQL and of all its backends. Those that ended in between are missed. */
export function processorSecondsOfDatabase(dataFolder: string): number {
  if (process.platform !== 'linux') return Number.NaN
  const pid = Number(readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
  return [pid, ...children.map(Number)].reduce((sum, id) => sum + processorSecondsOf(id), 0)
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}
