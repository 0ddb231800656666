import { parseArgs } from 'node:util'
import { Problem } from '../problem'
import { listeners } from './parked'

export type ParkedOptions = {
  command: 'list' | 'replay'
  /** Of the events to try again; none with `--all`: those that wait for somebody. */
  ids: readonly string[]
  isAll: boolean
  /** Of one service, or of all. */
  services: readonly string[]
  url: string
  admin: { email: string; password: string }
}

export const usage = `bun run parked [list] | replay (ID… | --all) [options]
  list             events that a service could not take, and why
  replay           has them tried again now: those named, or with --all every one that waits for somebody
  --service NAME   only those of ${listeners.join(', ')}
  --url URL        where Hourglass is (http://localhost:3000)
An admin's HOURGLASS_ADMIN_EMAIL and HOURGLASS_ADMIN_PASSWORD are taken from the environment.`

/** Reads the command line. Throws a Problem that says what is wrong. */
export function readParkedOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParkedOptions {
  const { values, positionals } = parse(args)
  const [command = 'list', ...ids] = positionals
  const isAll = values.all ?? false
  const { service } = values
  const { HOURGLASS_ADMIN_EMAIL: email, HOURGLASS_ADMIN_PASSWORD: password } = environment
  if (command !== 'list' && command !== 'replay') throw new Problem(usage)
  if (command === 'replay' ? isAll === ids.length > 0 : isAll || ids.length > 0) throw new Problem(usage)
  if (service !== undefined && !listeners.includes(service)) {
    throw new Problem(`--service wants one of ${listeners.join(', ')}, not "${service}".`)
  }
  if (!email || !password)
    throw new Problem(`HOURGLASS_ADMIN_EMAIL and HOURGLASS_ADMIN_PASSWORD are not set.\n${usage}`)
  const url = (values.url ?? environment.HOURGLASS_PUBLIC_URL ?? 'http://localhost:3000').replace(/\/+$/, '')
  return {
    command,
    ids,
    isAll,
    services: service === undefined ? listeners : [service],
    url,
    admin: { email, password },
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { all: { type: 'boolean' }, service: { type: 'string' }, url: { type: 'string' } },
    })
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}
