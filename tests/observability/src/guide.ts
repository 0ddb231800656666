import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createApi, signIn } from '@hourglass/support/api'
import type { Program } from '@hourglass/support/program'
import type { School } from '@hourglass/support/school'
import { askLoki, countFound } from './ask'
import { eventually } from './eventually'
import { isKnownMetric } from './known-metrics'
import { repository } from './on-call/pages'
import { runCommand } from './on-call/run-command'
import type { OneSitting } from './one-sitting'
import { namesIn } from './promql-names'

const guide = readFileSync(resolve(repository, 'docs/monitoring-guide.md'), 'utf8')

/** What stands between fences of one language, without what sets it in from the margin. */
const blocksOf = (language: string): string[] =>
  [...guide.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)]
    .filter(([, , name]) => name === language)
    .map(([, margin = '', , block = '']) => block.replaceAll(new RegExp(`^${margin}`, 'gm'), ''))

const queriesOf = (language: string): string[] => blocksOf(language).flatMap((block) => block.trim().split('\n'))

/** Where a good day on this machine has no data. */
const emptyOnAGoodDay = [/telemetry_spans_dropped_total/, /duration > 100ms/]

type Guided = {
  program: Program
  school: School
  addresses: { prometheus: string; loki: string; tempo: string }
  sitting: Promise<OneSitting>
}

/** Registers the test that whatever docs/monitoring-guide.md has whoever is on call ask and type works on a stack that was used. */
export function testGuide(guided: () => Guided): void {
  test('every query of the monitoring guide finds something, and every command of it works', async () => {
    const { program, school, addresses, sitting } = guided()
    const { attemptId } = await sitting
    const words = { ATTEMPT: attemptId, ...(await findTraces(addresses.loki, attemptId)) }
    const fill = (text: string) => text.replaceAll(/\$([A-Z]+)/g, (_, name) => Reflect.get(words, name) ?? `$${name}`)
    const sources = { promql: 'prometheus', logql: 'loki', traceql: 'tempo' }
    const asked = Object.entries(sources).flatMap(([language, source]) =>
      queriesOf(language).map((query) => ({ source, query: fill(query) })),
    )
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter(({ query }) => /\$[A-Z]/.test(query))).toEqual([])
    expect(
      queriesOf('promql')
        .flatMap(namesIn)
        .filter((name) => !isKnownMetric(name)),
    ).toEqual([])
    const empty = await eventually(
      () => emptyOnes(addresses, asked),
      (queries) => queries.length === 0,
      45_000,
    )
    expect(empty).toEqual([])

    const teacher = await signIn(createApi(program.url), school.teacher.email, school.teacher.password)
    const environment = {
      ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...words },
      ...{ LOKI_URL: addresses.loki, TEMPO_URL: addresses.tempo, PROMETHEUS_URL: addresses.prometheus },
      ...{ HOURGLASS_URL: program.url, METRICS_URL: program.metricsUrl },
      ...{ TOKEN: teacher.authorization?.replace('Bearer ', '') ?? '', TIME: new Date().toTimeString().slice(0, 5) },
    }
    const commands = blocksOf('sh')
    expect(commands.length).toBeGreaterThan(5)
    for (const command of commands)
      expect([command, ...(await runCommand(command, environment))]).toEqual([command, 0, true])
  }, 90_000)
}

async function emptyOnes(addresses: Guided['addresses'], asked: readonly { source: string; query: string }[]) {
  const empty: string[] = []
  for (const { source, query } of asked) {
    // Whatever it finds, a query that cannot be read throws.
    const count = await countFound(addresses, source, query)
    if (count === 0 && !emptyOnAGoodDay.some((each) => each.test(query))) empty.push(query)
  }
  return empty
}

/** Of the attempt: the trace of its slow save, and that in which its seal was told. */
async function findTraces(loki: string, attemptId: string): Promise<{ TRACE: string; SEALING: string }> {
  const traceOf = async (query: string) => {
    const [line] = await eventually(
      () => askLoki(loki, query),
      (lines) => lines.length > 0,
    )
    return line?.labels.trace_id ?? ''
  }
  return {
    TRACE: await traceOf(`{service="gateway"} |= "${attemptId}" | json ms="ms" | ms > 500`),
    SEALING: await traceOf(`{service="exams"} |= "${attemptId}" |= "attempt.sealed"`),
  }
}
