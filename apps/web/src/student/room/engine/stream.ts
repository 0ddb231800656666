import { backOffMs } from './back-off'

/** What the server tells of a running attempt, whenever something moves and every ten seconds. */
export type AttemptWord = {
  event: 'clock' | 'paused' | 'resumed' | 'sealed'
  serverTime: string
  state: 'open' | 'sealed' | 'abandoned'
  deadline: string | null
  pausedAt: string | null
  submitUntil: string | null
  sealedAt: string | null
  cause: 'submitted' | 'deadline' | 'teacher' | null
  seatToken: string | null
}

/** Ten seconds pass at the most between two words; this much silence means that the line is dead though nobody said so. */
const silenceMs = 25_000

/**
 * Listens to an attempt's events and comes back after every break, later each time, by half at random. An `EventSource` cannot
 * send the header that opens the stream, so it is read off a fetch. Answers what ends it.
 */
export function listenToAttempt(
  open: (signal: AbortSignal) => Promise<Response>,
  events: { onWord: (word: AttemptWord) => void; onOpen: () => void; onBreak: () => void },
): { stop: () => void; reconnect: () => void } {
  let isStopped = false
  let failures = 0
  let current: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const connect = async () => {
    clearTimeout(timer)
    if (isStopped || current) return
    const controller = new AbortController()
    current = controller
    let isSealed = false
    try {
      const response = await open(controller.signal)
      if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`)
      failures = 0
      events.onOpen()
      for await (const word of readEvents(response.body, controller)) {
        events.onWord(word)
        isSealed = word.event === 'sealed'
      }
    } catch {
      // Whatever broke it, the next connection tells what was missed.
    }
    current = null
    if (isStopped || isSealed) return
    failures++
    events.onBreak()
    timer = setTimeout(connect, backOffMs(failures))
  }
  connect()
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      current?.abort()
    },
    reconnect: () => {
      failures = 0
      if (!current) connect()
    },
  }
}

async function* readEvents(body: ReadableStream<Uint8Array>, controller: AbortController): AsyncGenerator<AttemptWord> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let text = ''
  try {
    while (true) {
      const silence = setTimeout(() => controller.abort(), silenceMs)
      const { value, done } = await reader.read().finally(() => clearTimeout(silence))
      if (done) return
      text += value
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const word = parseBlock(block)
        if (word) yield word
      }
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

function parseBlock(block: string): AttemptWord | null {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ')
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2))
  }
  const [event, data] = [fields.get('event'), fields.get('data')]
  if (event === undefined || data === undefined) return null
  // The exam room writes exactly these members; an event of a later version that the room does not know is passed over.
  return ['clock', 'paused', 'resumed', 'sealed'].includes(event) ? { ...JSON.parse(data), event } : null
}
