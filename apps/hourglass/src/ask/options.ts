import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Problem } from '../problem'
import { type Period, readPeriod } from './period'

/** Where what was written can be read; without a slash at the end. `grafana` is `null` where there is none. */
export type Sources = { loki: string; tempo: string; prometheus: string; grafana: string | null }

export type AskOptions = {
  attemptId: string
  period: Period
  sources: Sources
  isJson: boolean
  /** From so long a silence of the student on it is said. */
  gapSeconds: number
}

export const usage = `bun run ask "what happened in attempt ID" [options]
  --at 10:14         only the five minutes before and after: a time of the attempt's day here, or 2026-03-02T10:14:00Z
  --from T --to T    only what was between the two, written alike
  --gap SECONDS      from so long on a silence of the student is said (60)
  --json             as JSON
  --data FOLDER      of a running \`bun run stack --observability\` (.hourglass-stack)
  --loki URL  --tempo URL  --prometheus URL  --grafana URL
                     else LOKI_URL, TEMPO_URL, PROMETHEUS_URL, GRAFANA_URL; else what the running stack says; else compose's ports
                     on this machine. Links to Grafana are shown where it is told.`

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the command line. Throws a Problem that says what is wrong. */
export function readAskOptions(args: readonly string[], environment: Environment, now: number): AskOptions {
  const { values, positionals } = parse(args)
  const attemptId = readAttemptId(positionals.join(' '))
  const gapSeconds = Number(values.gap ?? 60)
  if (!(gapSeconds > 0)) throw new Problem(`--gap wants a number of seconds, not "${values.gap}".`)
  const { at, from, to } = values
  return {
    attemptId,
    period: readPeriod(attemptId, { at, from, to }, now),
    sources: findSources(values, environment),
    isJson: values.json ?? false,
    gapSeconds,
  }
}

const ids = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/gi

function readAttemptId(sentence: string): string {
  const found = [...new Set([...sentence.matchAll(ids)].map(([id]) => id.toLowerCase()))]
  const [id] = found
  if (id === undefined)
    throw new Problem(`No attempt's id stands in "${sentence}": it looks like ${example}.\n${usage}`)
  if (found.length > 1) throw new Problem(`One attempt at a time, not ${found.join(' and ')}.`)
  return id
}

const example = '0193a000-0000-7000-8000-00000000000a'

const Stack = z.object({ loki: z.url(), tempo: z.url(), prometheus: z.url() })

function findSources(values: ReturnType<typeof parse>['values'], environment: Environment): Sources {
  const file = join(values.data ?? environment.HOURGLASS_DATA ?? '.hourglass-stack', 'observability.json')
  const stack = existsSync(file) ? Stack.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
  const addressOf = (name: 'loki' | 'tempo' | 'prometheus', port: number) =>
    readUrl(
      `--${name}`,
      values[name] ?? environment[`${name.toUpperCase()}_URL`] ?? stack?.[name] ?? `http://127.0.0.1:${port}`,
    )
  const grafana = values.grafana ?? environment.GRAFANA_URL
  return {
    loki: addressOf('loki', 3100),
    tempo: addressOf('tempo', 3200),
    prometheus: addressOf('prometheus', 9090),
    grafana: grafana ? readUrl('--grafana', grafana) : null,
  }
}

function readUrl(name: string, text: string): string {
  if (!URL.canParse(text)) throw new Problem(`${name} wants an address such as http://127.0.0.1:3100, not "${text}".`)
  return text.replace(/\/+$/, '')
}

const text = { type: 'string' } as const

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ at: text, from: text, to: text, gap: text, data: text },
        ...{ loki: text, tempo: text, prometheus: text, grafana: text },
        json: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}
