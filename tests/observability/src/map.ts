import { expect, test } from 'bun:test'
import { createApi, signIn } from '@hourglass/support/api'
import type { Program } from '@hourglass/support/program'
import { arrows, arrowsOfSlowTurns } from './arrows'
import { askPrometheus } from './ask'
import { eventually } from './eventually'
import type { Submitted } from './one-sitting'

type Mapped = { program: Program; addresses: { prometheus: string }; submitted: Promise<Submitted> }

/** Registers the test that after exams were sat Tempo draws the services as the design does. */
export function testMap(mapped: () => Mapped): void {
  test('the map that Tempo draws of the services has every arrow of the design, and no other', async () => {
    const { program, addresses, submitted } = mapped()
    await submitted
    // What nobody asks while an exam is sat: the only noun of the notifier is its own.
    const { email, password } = program.admin
    await (await signIn(createApi(program.url), email, password)).must('GET', '/api/notifier-events/parked')
    const missing = await eventually(
      async () => {
        const drawn = new Set(await readArrows(addresses.prometheus))
        return arrows.filter((each) => !drawn.has(each))
      },
      (left) => left.length === 0,
      60_000,
    )
    expect(missing).toEqual([])
    const known = new Set([...arrows, ...arrowsOfSlowTurns])
    expect((await readArrows(addresses.prometheus)).filter((each) => !known.has(each))).toEqual([])
  }, 90_000)
}

async function readArrows(prometheus: string): Promise<string[]> {
  const edges = await askPrometheus(prometheus, 'count by (client, server) (traces_service_graph_request_total)')
  return edges.map(({ metric: { client, server } }) => `${client} → ${server}`).sort()
}
