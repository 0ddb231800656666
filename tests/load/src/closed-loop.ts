import { type Quantiles, quantilesOf } from './open-loop'
import { meterProcessors } from './processor'
import { nextSave, type Seat } from './room'
import { openWire } from './wire'

export type Saturation = {
  connections: number
  perSecond: number
  failed: number
  ms: Quantiles
  /** Of one processor, that making the load took. */
  generatorShare: number
  /** Processor time that each process spent on a save: says more than the rate on a busy machine. */
  aSave: ReturnType<ReturnType<typeof meterProcessors>>
}

/** As many saves as the server takes: on each connection the next goes out when the last was answered, as `pgbench` does it. */
export async function saturate(
  program: { readonly url: string; readonly pid: number | null; readonly dataFolder: string },
  seats: readonly Seat[],
  connections: number,
  seconds: number,
): Promise<Saturation> {
  const { hostname, port, host } = new URL(program.url)
  const wires = await Promise.all(Array.from({ length: connections }, () => openWire(hostname, Number(port))))
  const ms: number[] = []
  let failed = 0
  let turn = 0
  const readMeter = meterProcessors(program)
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1_000
  await Promise.all(
    wires.map(async (wire) => {
      for (let sentAt = startedAt; sentAt < endsAt; ) {
        const seat = seats[turn++ % seats.length]
        if (!seat) throw new Error('nobody sits')
        const request = nextSave(seat, host)
        sentAt = performance.now()
        const { status } = await wire.send(request)
        if (status === 200) ms.push(performance.now() - sentAt)
        else failed++
      }
      wire.close()
    }),
  )
  const elapsedMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    connections,
    perSecond: Math.round((ms.length * 1_000) / elapsedMs),
    failed,
    ms: quantilesOf(ms),
    aSave: readMeter(ms.length),
    generatorShare: Math.round((user + system) / elapsedMs / 10) / 100,
  }
}
