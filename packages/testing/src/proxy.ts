import { connect, createServer, type Socket } from 'node:net'

export type Proxy = {
  port: number
  /** From now on bytes are taken and never passed on, in both directions; `false` heals new connections. */
  swallow: (isOn: boolean) => void
  close: () => Promise<void>
}

/** A TCP proxy on 127.0.0.1 in front of `targetPort` that can turn into a black hole. */
export function startProxy(targetPort: number): Promise<Proxy> {
  let isSwallowing = false
  const sockets = new Set<Socket>()
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
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (!address || typeof address !== 'object') return reject(new Error('no port'))
      resolve({
        port: address.port,
        swallow: (isOn) => {
          isSwallowing = isOn
        },
        close: () => {
          for (const socket of sockets) socket.destroy()
          return new Promise((done) => server.close(() => done()))
        },
      })
    })
  })
}
