import type { Gateway } from './gateway'
import type { Ui } from './ui/ui'

export type GatewayServer = {
  port: number
  url: string
  /** From now on each answer asks for the end of its connection, so that its client opens the next one elsewhere. */
  drain: () => void
  stop: () => Promise<void>
}
export type ListenOptions = { hostname: string; port: number; ui?: Ui | null }

type SocketData = {
  url: string
  protocols: string[]
  upstream: WebSocket | null
  waiting: (string | Uint8Array<ArrayBuffer>)[]
}

// A connection on which nothing moves for so long is cut, also one that sends its headers byte by byte.
const idleSeconds = 30
const longSeconds = 120
/** Above whatever anybody sends, so that the gateway refuses by the limit of a class and in its own words, before it reads. */
const maxRequestBodySize = 2 ** 40

/** Listens for people and programs. Throws when the port is taken. */
export function listen(gateway: Gateway, { hostname, port, ui = null }: ListenOptions): GatewayServer {
  const sockets = new Set<Bun.ServerWebSocket<SocketData>>()
  let isDraining = false
  const server = Bun.serve<SocketData>({
    hostname,
    port,
    idleTimeout: idleSeconds,
    maxRequestBodySize,
    async fetch(request, server) {
      if (ui?.socketUrl && request.headers.get('upgrade')?.toLowerCase() === 'websocket') {
        return upgrade(request, server, ui.socketUrl)
      }
      // A stream ends with its attempt; everything else has a deadline of its own, below this one.
      const isStream = request.headers.get('accept')?.includes('text/event-stream') || request.url.endsWith('/stream')
      server.timeout(request, isStream ? 0 : longSeconds)
      const response = await gateway.handle(request, server.requestIP(request)?.address ?? '')
      if (isDraining) response.headers.set('connection', 'close')
      return response
    },
    websocket: {
      open(socket) {
        sockets.add(socket)
        const upstream = new WebSocket(socket.data.url, socket.data.protocols)
        upstream.binaryType = 'arraybuffer'
        socket.data.upstream = upstream
        upstream.onopen = () => {
          for (const message of socket.data.waiting.splice(0)) upstream.send(message)
        }
        upstream.onmessage = ({ data }) => void socket.send(data)
        upstream.onclose = () => socket.close()
        upstream.onerror = () => socket.close()
      },
      message({ data: { upstream, waiting } }, message) {
        const copy = typeof message === 'string' ? message : new Uint8Array(message)
        if (upstream?.readyState === WebSocket.OPEN) upstream.send(copy)
        else waiting.push(copy)
      },
      close(socket) {
        sockets.delete(socket)
        socket.data.upstream?.close()
      },
    },
  })
  return {
    port: server.port ?? port,
    url: `http://${hostname}:${server.port}`,
    drain: () => {
      isDraining = true
      gateway.endStreams()
    },
    stop: async () => {
      gateway.endStreams()
      for (const socket of sockets) socket.terminate()
      await server.stop()
    },
  }
}

/** The development server's reload channel. Not reachable with a UI from a folder. */
function upgrade(request: Request, server: Bun.Server<SocketData>, socketUrl: string): Response | undefined {
  const { pathname, search } = new URL(request.url)
  const protocols = (request.headers.get('sec-websocket-protocol') ?? '').split(/\s*,\s*/).filter(Boolean)
  const data: SocketData = { url: `${socketUrl}${pathname}${search}`, protocols, upstream: null, waiting: [] }
  const headers: Record<string, string> = protocols[0] ? { 'sec-websocket-protocol': protocols[0] } : {}
  if (server.upgrade(request, { data, headers })) return undefined
  return new Response(null, { status: 400 })
}
