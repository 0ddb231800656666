import type { Socket } from 'bun'

/** An answer as far as a load needs it. */
export type WireAnswer = { status: number; body: string }

/** One kept connection that speaks HTTP/1.1, one request at a time; far cheaper than `fetch`, so that the generator is not the bottleneck. */
export type Wire = { send: (request: string) => Promise<WireAnswer>; close: () => void }

type Waiting = { resolve: (answer: WireAnswer) => void; reject: (error: Error) => void }

/** Connects to a server that says `content-length`; anything else is refused as an error. */
export async function openWire(hostname: string, port: number): Promise<Wire> {
  let waiting: Waiting | null = null
  let received = ''
  let unsent = ''
  const fail = (reason: string) => {
    waiting?.reject(new Error(reason))
    waiting = null
  }
  const flush = (socket: Socket) => {
    // Requests are ASCII, so that a count of bytes is a count of characters.
    if (unsent.length > 0) unsent = unsent.slice(socket.write(unsent))
  }
  const socket = await Bun.connect({
    hostname,
    port,
    socket: {
      data(_, bytes) {
        received += bytes.toString('latin1')
        const answer = readAnswer(received)
        if (!answer) return
        received = received.slice(answer.size)
        const { resolve } = waiting ?? {}
        waiting = null
        resolve?.(answer)
      },
      drain: flush,
      close: () => fail('the connection was closed'),
      error: (_, error) => fail(error.message),
    },
  })
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        unsent += request
        flush(socket)
      }),
    close: () => socket.end(),
  }
}

/** The first whole answer of what was received, with its size; `null` while there is more to come. */
export function readAnswer(received: string): (WireAnswer & { size: number }) | null {
  const endOfHead = received.indexOf('\r\n\r\n')
  if (endOfHead < 0) return null
  const head = received.slice(0, endOfHead)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
  if (!Number.isInteger(length)) throw new Error(`an answer without a length:\n${head}`)
  const size = endOfHead + 4 + length
  if (received.length < size) return null
  return { status: Number(head.slice(9, 12)), body: received.slice(endOfHead + 4, size), size }
}

/** Connections for whoever comes next; a caller without one waits for the next that is free. */
export async function openWires(url: string, count: number): Promise<Wire> {
  const { hostname, port } = new URL(url)
  const all = await Promise.all(Array.from({ length: count }, () => openWire(hostname, Number(port))))
  const free = [...all]
  const queue: ((wire: Wire) => void)[] = []
  const take = () => {
    const wire = free.pop()
    return wire ? Promise.resolve(wire) : new Promise<Wire>((resolve) => queue.push(resolve))
  }
  return {
    send: async (request) => {
      const wire = await take()
      try {
        return await wire.send(request)
      } finally {
        const next = queue.shift()
        if (next) next(wire)
        else free.push(wire)
      }
    },
    close: () => {
      for (const wire of all) wire.close()
    },
  }
}
