import { connect, createServer, type Server, type Socket } from 'node:net'

/** What may become of the bytes between a service and what it stands on. */
export type Weather = {
  /** Milliseconds that every piece is late. */
  delayMs: number
  /** Bytes are taken and never passed on. */
  swallows: 'nothing' | 'requests' | 'answers' | 'all'
  /** New connections are refused. */
  refuses: boolean
  /** Answers after which a connection is cut, in bytes; `null`: never. */
  cutAfterBytes: number | null
}

const fair: Weather = { delayMs: 0, swallows: 'nothing', refuses: false, cutAfterBytes: null }

export type TcpProxy = {
  port: number
  /** From now on, for connections that are open and those that come. */
  set: (changes: Partial<Weather>) => void
  /** Ends every connection: with a reset, as a firewall that forgot it does. */
  reset: () => void
  /** Fair weather; connections that were swallowed stay as dead as they are. */
  heal: () => void
  close: () => Promise<void>
}

/** A TCP proxy on a free port of 127.0.0.1 in front of `targetPort`. */
export async function startProxy(targetPort: number): Promise<TcpProxy> {
  let weather = fair
  const sockets = new Set<Socket>()
  const server: Server = createServer((client) => {
    if (weather.refuses) return void client.resetAndDestroy()
    const upstream = connect(targetPort, '127.0.0.1')
    let answered = 0
    // A socket that was swallowed once has lost bytes: whatever came later would make no sense.
    let isLost = false
    const pass = (from: Socket, to: Socket, direction: 'requests' | 'answers') => {
      sockets.add(from)
      from.on('data', (bytes) => {
        if (weather.swallows === direction || weather.swallows === 'all') isLost = true
        if (isLost) return
        const send = () => {
          if (!to.destroyed) to.write(bytes)
          if (direction === 'answers') answered += bytes.length
          if (weather.cutAfterBytes !== null && answered > weather.cutAfterBytes) from.destroy()
        }
        if (weather.delayMs > 0) setTimeout(send, weather.delayMs)
        else send()
      })
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('error', () => to.destroy())
    }
    pass(client, upstream, 'requests')
    pass(upstream, client, 'answers')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (!address || typeof address !== 'object') throw new Error('no port')
  const reset = () => {
    for (const socket of [...sockets]) socket.resetAndDestroy()
  }
  return {
    port: address.port,
    set: (changes) => {
      weather = { ...weather, ...changes }
    },
    reset,
    heal: () => {
      weather = fair
    },
    close: async () => {
      reset()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
