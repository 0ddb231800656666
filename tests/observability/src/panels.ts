import { expect, test } from 'bun:test'
import { fillVariables, type PageQuery, usualValues } from '@hourglass/dashboards/queries'
import { readOwnPromises } from '@hourglass/slo/own-promises'
import type { Program } from '@hourglass/support/program'
import type { School } from '@hourglass/support/school'
import { askLoki, countFound } from './ask'
import { dashboardQueries } from './dashboard-queries'
import { eventually } from './eventually'
import type { Observed } from './pictures/observed'
import { askReliability } from './reliability'
import { askSlowly, sitExams, sittings } from './sit-exams'

/** Where a good day on this machine has no data, and why. */
export const emptyBecause: Readonly<Record<string, string>> = {
  'infrastructure / Pods by phase / A': 'there is no Kubernetes',
  'infrastructure / Pods by phase / B': 'there is no Kubernetes',
  'infrastructure / Pods by phase / C': 'there is no Kubernetes',
  'infrastructure / Restarts of containers / A': 'there is no Kubernetes',
  'infrastructure / Calls of the cache that failed / A': 'none failed',
  'application / Spans that nobody will see / A': 'all were sent',
  'application / Refused at the door / A': 'nobody had to be',
  'logs / Warnings and errors / A': 'nothing went wrong',
  'logs / Errors / A': 'nothing went wrong',
  'logs / Requests that failed, by route / A': 'none failed',
  'logs / Traces with a fault / A': 'nothing went wrong',
  ...emptyContributions(),
}

/** What burns the budgets: of each promise a query, in the order of its file. */
function emptyContributions(): Record<string, string> {
  const places = [...Map.groupBy(readOwnPromises(), ({ service }) => service)].flatMap(([service, promises]) =>
    promises.map((_, index) => `slo / ${service}: what burns the budgets / ${String.fromCharCode(65 + index)}`),
  )
  return Object.fromEntries(places.map((place) => [place, 'nothing went wrong']))
}

/** Registers the test that after an exam has been sat on the stack, every query of every dashboard finds data in its server. */
export function testPanels(stack: () => { program: Program; school: School; addresses: Observed }): void {
  test('after an exam every query of every dashboard finds data, or is known to be empty for a reason', async () => {
    const { program, school, addresses } = stack()
    // Before and after, so that what the notifier counts has grown.
    await askReliability(program)
    await sitExams(program, school, sittings)
    await askReliability(program)
    await askSlowly(program)
    const values = await findValues(addresses.loki)
    let waiting: readonly PageQuery[] = dashboardQueries
      .filter(({ place }) => !(place in emptyBecause))
      .map((query) => ({ ...query, expr: fillVariables(query.expr, values) }))
    // Gauges are asked every 15 s, scrapes come every 5 s, Tempo writes its metrics every 15 s, promises are recorded every minute.
    const empty = await eventually(
      async () => {
        waiting = await emptyOnes(addresses, waiting)
        return waiting.map(({ place }) => place)
      },
      (places) => places.length === 0,
      90_000,
    )
    expect(empty).toEqual([])
    const places = dashboardQueries.map(({ place }) => place)
    for (const place of Object.keys(emptyBecause)) expect(places).toContain(place)
  }, 600_000)
}

async function emptyOnes(addresses: Observed, asked: readonly PageQuery[]): Promise<PageQuery[]> {
  const empty: PageQuery[] = []
  for (const query of asked) {
    if ((await countFound(addresses, query.source, query.expr)) === 0) empty.push(query)
  }
  return empty
}

/** What somebody has chosen on the pages: everything, the trace of a request of a person and the exam of a save, as the gateway's lines have them. */
export async function findValues(loki: string): Promise<Readonly<Record<string, string>>> {
  const lines = await eventually(
    () => askLoki(loki, '{service="gateway"} | trace_id != "" |= "save" | json examId="examId" | examId != ""'),
    (found) => found.length > 0,
  )
  const { trace_id: id = '', examId: exam = '' } = lines.at(-1)?.labels ?? {}
  return { ...usualValues, id, exam }
}
