import { parseArgs } from 'node:util'
import { Port } from '@hourglass/kit/config'
import { Problem } from './problem'

export type Options = {
  /** `dev`: demo data, and reload on change. `start`: neither. `stack`: each service a process of its own. */
  command: 'dev' | 'start' | 'stack'
  host: string
  port: number
  metricsPort: number
  dataFolder: string
  /** Where people reach it, without a slash at the end. */
  publicUrl: string
  reset: boolean
  /** `stack` without demo data; the first admin is the environment's. */
  isEmpty: boolean
  /** `stack` with Prometheus, Loki, Tempo, Alertmanager and the collector beside it. */
  isObserved: boolean
  /** Replicas by service, where `stack` has more than one. */
  scale: Readonly<Record<string, number>>
}

export const usage = `hourglass dev | start | stack [options]
  --port N           the port of the product (3000)
  --metrics-port N   the port of /metrics, on this machine only (port + 1)
  --host ADDRESS     the address to listen on (127.0.0.1)
  --data FOLDER      where the database and the secrets are kept (.hourglass)
  --public-url URL   where people reach it (http://localhost:PORT)
  --reset            delete everything in the data folder first
  --scale NAME=N     stack: N replicas of a service; may be given again for others
  --empty            stack: no demo data
  --observability    stack: with Prometheus, Loki, Tempo, Alertmanager and a collector`

/** Reads the command line; variables of the environment stand behind it. Throws a Problem that names what is wrong. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  const { values, positionals } = parse(args)
  const [command] = positionals
  if (positionals.length !== 1 || !isCommand(command)) throw new Problem(usage)
  const port = readPort('--port', values.port ?? environment.HOURGLASS_PORT ?? '3000')
  const metricsPort = readPort(
    '--metrics-port',
    values['metrics-port'] ?? environment.HOURGLASS_METRICS_PORT ?? `${port + 1}`,
  )
  return {
    command,
    host: values.host ?? environment.HOURGLASS_HOST ?? '127.0.0.1',
    port,
    metricsPort,
    dataFolder: values.data ?? environment.HOURGLASS_DATA ?? (command === 'stack' ? '.hourglass-stack' : '.hourglass'),
    publicUrl: readUrl(values['public-url'] ?? environment.HOURGLASS_PUBLIC_URL ?? `http://localhost:${port}`),
    reset: values.reset ?? false,
    isEmpty: values.empty ?? false,
    isObserved: values.observability ?? false,
    scale: readScale(values.scale ?? []),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'metrics-port': { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        'public-url': { type: 'string' },
        reset: { type: 'boolean' },
        scale: { type: 'string', multiple: true },
        empty: { type: 'boolean' },
        observability: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

function readPort(name: string, text: string): number {
  const port = Port.safeParse(text)
  if (!port.success) throw new Problem(`${name} wants a number from 1 to 65535, not "${text}".`)
  return port.data
}

const isCommand = (text: string | undefined): text is Options['command'] =>
  text === 'dev' || text === 'start' || text === 'stack'

const scalable = ['students', 'quizzes', 'exams', 'grading', 'notifier']

/** `['exams=3']` → `{ exams: 3 }` */
function readScale(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', number = ''] = text.split('=')
      const count = Number(number)
      if (scalable.includes(name) && Number.isInteger(count) && count >= 1 && count <= 9) return [name, count]
      throw new Problem(`--scale wants a service and 1 to 9 replicas, such as exams=3, not "${text}".`)
    }),
  )
}

function readUrl(text: string): string {
  if (!URL.canParse(text))
    throw new Problem(`--public-url wants an address such as https://exams.example.org, not "${text}".`)
  return text.replace(/\/+$/, '')
}
