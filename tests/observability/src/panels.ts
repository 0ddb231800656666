import { expect, test } from 'bun:test'
import { fillVariables, type PageQuery, usualValues } from '@hourglass/dashboards/queries'
import type { Program } from '@hourglass/support/program'
import type { School } from '@hourglass/support/school'
import { askLoki, countFound } from './ask'
import { dashboardQueries } from './dashboard-queries'
import { eventually } from './eventually'
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
}

export type Observed = { prometheus: string; loki: string; tempo: string }

/** Registers the test that after an exam has been sat on the stack, every query of every dashboard finds data in its server. */
export function testPanels(stack: () => { program: Program; school: School; addresses: Observed }): void {
  test('after an exam every query of every dashboard finds data, or is known to be empty for a reason', async () => {
    const { program, school, addresses } = stack()
    await sitExams(program, school, sittings)
    await askSlowly(program)
    const values = await findValues(addresses.loki)
    const asked = dashboardQueries.map((query) => ({ ...query, expr: fillVariables(query.expr, values) }))
    // Gauges are asked every 15 s, scrapes come every 5 s, Tempo writes its metrics every 15 s.
    const empty = await eventually(
      () => emptyOnes(addresses, asked),
      (places) => places.length === 0,
      90_000,
    )
    expect(empty).toEqual([])
    const places = asked.map(({ place }) => place)
    for (const place of Object.keys(emptyBecause)) expect(places).toContain(place)
  }, 600_000)
}

async function emptyOnes(addresses: Observed, asked: readonly PageQuery[]): Promise<string[]> {
  const places: string[] = []
  for (const { place, source, expr } of asked) {
    if (place in emptyBecause) continue
    if ((await countFound(addresses, source, expr)) === 0) places.push(place)
  }
  return places
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
