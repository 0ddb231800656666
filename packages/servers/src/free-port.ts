import { createServer } from 'node:net'

// Below the range from which systems take the ports of outgoing connections (Linux: from 32768), or one of those could take
// the port between our look and the server's start.
const [lowest, highest] = [20_000, 32_000]

/** A port of 127.0.0.1 that nobody listens on right now. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    if (await isFree(port)) return port
  }
  throw new Error(`no port from ${lowest} to ${highest} is free`)
}

/** As many as there are names, all different: nobody listens on any of them yet. */
export async function findFreePorts<Name extends string>(...names: readonly Name[]): Promise<Record<Name, number>> {
  const ports: Partial<Record<Name, number>> = {}
  for (const name of names) {
    let port = await findFreePort()
    while (Object.values(ports).includes(port)) port = await findFreePort()
    ports[name] = port
  }
  // The loop above has filled in every name.
  return ports as Record<Name, number>
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
