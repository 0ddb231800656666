import { connect, createServer, type Socket } from 'node:net'

export type Proxy = {
  port: number
  /** From now on bytes are taken and never passed on, in both directions; `false` heals new connections. */
  swallow: (isOn: boolean) => void
  /** Ends all its connections without a word. */
  cut: () => void
  /** As `cut`, by a reset: to a client that is an error. */
  reset: () => void
  close: () => Promise<void>
}

/** A TCP proxy on 127.0.0.1 in front of `targetPort` that can turn into a black hole; on a free port, unless one is given. */
export function startProxy(targetPort: number, port = 0): Promise<Proxy> {
  let isSwallowing = false
  const sockets = new Set<Socket>()
  const end = (how: 'destroy' | 'resetAndDestroy') => {
    for (const socket of sockets) socket[how]()
    sockets.clear()
  }
  const cut = () => end('destroy')
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1')
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        if (!isSwallowing) to.write(bytes)
      })
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (!address || typeof address !== 'object') return reject(new Error('no port'))
      resolve({
        port: address.port,
        swallow: (isOn) => {
          isSwallowing = isOn
        },
        cut,
        reset: () => end('resetAndDestroy'),
        close: () => {
          cut()
          return new Promise((done) => server.close(() => done()))
        },
      })
    })
  })
}
