import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Below the range from which systems take the ports of outgoing connections (Linux: from 32768), or one of those could take
// the port between our look and the server's start.
const [lowest, highest] = [20_000, 32_000]
/** For so long a port belongs to who found it: a server on it has started by then. */
const reservedMs = 120_000
const reservations = join(tmpdir(), `hourglass-ports-${process.getuid?.() ?? 'all'}`)

/** A port of 127.0.0.1 that nobody listens on right now, and that no other process of this user was given a moment ago. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    if (reserve(port) && (await isFree(port))) return port
  }
  throw new Error(`no port from ${lowest} to ${highest} is free`)
}

/** As many as there are names, all different: nobody listens on any of them yet. */
export async function findFreePorts<Name extends string>(...names: readonly Name[]): Promise<Record<Name, number>> {
  const ports: Partial<Record<Name, number>> = {}
  for (const name of names) ports[name] = await findFreePort()
  // The loop above has filled in every name.
  return ports as Record<Name, number>
}

/** One of several processes makes the file; one that is old is anybody's. */
function reserve(port: number): boolean {
  mkdirSync(reservations, { recursive: true, mode: 0o700 })
  const file = join(reservations, `${port}`)
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch {
    if (Date.now() - statSync(file).mtimeMs < reservedMs) return false
    utimesSync(file, new Date(), new Date())
    return true
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
