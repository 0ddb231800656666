import { connect } from 'node:net'

const longestMs = 120_000
/** For what a server that takes connections already still has to do before it can be asked. */
const settleMs = 10_000
/** Of addresses that name none. */
const usualPorts: Record<string, number> = { 'postgres:': 5_432, 'mongodb:': 27_017, 'http:': 80, 'https:': 443 }

/**
 * Does something at a server that may still be starting: what starts containers need not know when another is healthy (podman
 * before 4.6 does not). Throws what the last try threw, 10 s after the server took its first connection, or when none was taken
 * within 2 minutes.
 */
export async function patiently<T>(
  server: string,
  url: string,
  act: () => Promise<T>,
  times = { longestMs, settleMs },
): Promise<T> {
  const address = new URL(url)
  const { hostname, protocol } = address
  const port = Number(address.port) || (usualPorts[protocol] ?? 0)
  let giveUpAt = performance.now() + times.longestMs
  let isThere = false
  for (let turn = 0; ; turn++) {
    if (!isThere && (await accepts(hostname, port))) {
      isThere = true
      giveUpAt = performance.now() + times.settleMs
    }
    try {
      if (isThere) return await act()
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
    }
    if (!isThere && performance.now() > giveUpAt) throw new Error(`${server} took no connection at ${hostname}:${port}`)
    if (turn === 4) console.log(`Waiting for ${server}…`)
    await Bun.sleep(500)
  }
}

/** Whether somebody takes connections there. A name that is not known yet is nobody's. */
function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    const answer = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}
