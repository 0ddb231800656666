import { connect, createServer, type Server } from 'node:net'

export type Balancer = { port: number; close: () => Promise<void> }

const checkEveryMs = 100

/** A TCP balancer on 127.0.0.1: new connections go in turn to those of the ports whose `/health/ready` says yes. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  let ready: readonly number[] = ports
  let turn = 0
  const check = async () => {
    const answers = await Promise.all(ports.map(async (port) => ((await isReady(port)) ? [port] : [])))
    // With nobody ready, as on a machine that is slow to say so, everybody may try.
    ready = answers.some((each) => each.length > 0) ? answers.flat() : ports
  }
  const timer = setInterval(check, checkEveryMs)
  const server: Server = createServer((client) => {
    const port = ready[turn++ % ready.length]
    if (port === undefined) return void client.resetAndDestroy()
    const upstream = connect(port, '127.0.0.1')
    client.pipe(upstream).pipe(client)
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.once('error', () => other.destroy())
      one.once('close', () => other.destroySoon())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address !== 'object') throw new Error('no port')
  return {
    port: address.port,
    close: async () => {
      clearInterval(timer)
      server.close()
    },
  }
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(checkEveryMs * 5) }).then(
    ({ ok }) => ok,
    () => false,
  )
