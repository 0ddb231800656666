import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { servicesOf } from '@hourglass/support/program'

/** Processor time that a process has used since it began, in seconds; from `/proc/<pid>/stat`, fields 14 and 15, in ticks of 10 ms. */
export function processorSecondsOf(pid: number | null): number {
  if (pid === null || process.platform !== 'linux') return Number.NaN
  const fields = fieldsOf(pid)
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The same of each process of a program: of itself alone, or of every replica of a stack that it runs. */
export function processorSecondsOfProgram(program: { pid: number | null; dataFolder: string }): Record<string, number> {
  const services = Object.entries(servicesOf(program.dataFolder))
  const processes: [name: string, pid: number | null][] = services.length > 0 ? services : [['program', program.pid]]
  return Object.fromEntries(processes.map(([name, pid]) => [name, processorSecondsOf(pid)]))
}

/** The same of a data folder's PostgreSQL and of all its backends. Those that ended in between are missed. */
export function processorSecondsOfDatabase(dataFolder: string): number {
  if (process.platform !== 'linux') return Number.NaN
  const pid = Number(readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const backends = ids.map(Number).filter((id) => readOrNull(() => Number(fieldsOf(id)[1])) === pid)
  return [pid, ...backends].reduce((sum, id) => sum + (readOrNull(() => processorSecondsOf(id)) ?? 0), 0)
}

/**
 * Counts from now on; the answer tells what each process and the database have used since, in microseconds of one processor for each
 * of `count` pieces of work.
 */
export function meterProcessors(program: { pid: number | null; dataFolder: string }) {
  const { dataFolder } = program
  const before = processorSecondsOfProgram(program)
  const databaseBefore = processorSecondsOfDatabase(dataFolder)
  return (count: number) => {
    const each = (seconds: number) => Math.round((seconds * 1e6) / count)
    const spent = Object.entries(processorSecondsOfProgram(program))
      .map(([name, after]): [string, number] => [name, each(after - (before[name] ?? 0))])
      .filter(([, micros]) => micros !== 0)
    return {
      programMicros: Object.fromEntries(spent),
      databaseMicros: each(processorSecondsOfDatabase(dataFolder) - databaseBefore),
    }
  }
}

/** The fields of `/proc/<pid>/stat` after the command's name, which may itself hold spaces: the third of them all is the first here. */
function fieldsOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** A process may end between the listing and the reading. */
function readOrNull(read: () => number): number | null {
  try {
    return read()
  } catch {
    return null
  }
}
