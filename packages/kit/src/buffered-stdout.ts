import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import type { DestinationStream } from 'pino'

const mostChars = 8_192
const longestMs = 100
/** For so long a flush waits for a reader; not again while that one takes nothing, and longer at the end of the process. */
const patienceMs = 50
const lastPatienceMs = 2_000
const isUrgent = /^\{"level":"(?:error|fatal)"/
const pause = new Int32Array(new SharedArrayBuffer(4))

let shared: DestinationStream | null = null

/**
 * Standard output, one for all logs of the process. Lines wait for others for up to 100 ms, since a system call each costs more
 * than all the rest of a line; errors, and what is left at the end of the process, are written at once.
 */
export function bufferedStdout(): DestinationStream {
  if (shared) return shared
  let waiting = ''
  let isDue = false
  const flush = (mostMs = lost > 0 ? 0 : patienceMs) => {
    isDue = false
    const text = waiting
    waiting = ''
    writeWhole(out, text, mostMs)
  }
  const out = openUnblocked()
  process.on('exit', () => flush(lastPatienceMs))
  shared = {
    write(line) {
      waiting += line
      if (waiting.length >= mostChars || isUrgent.test(line)) {
        flush()
        return
      }
      if (!isDue) setTimeout(() => flush(), longestMs).unref()
      isDue = true
    },
  }
  return shared
}

/**
 * Standard output so that a write says when it would have to wait. A pipe is opened once more for that, since whoever shares it
 * with us may want to wait; where that can't be had it stays as it was given.
 */
function openUnblocked(): number {
  try {
    if (!fstatSync(1).isFIFO()) return 1
    return openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK)
  } catch {
    return 1
  }
}

/** Chars that nobody took, since this was last said. */
let lost = 0
let isBroken = false

/**
 * A pipe whose reader is slow takes a part, or nothing for now: it is waited for a moment, and what it still does not take is lost and
 * counted, since a log that nobody reads must not stop an exam. One without a reader takes nothing more.
 */
function writeWhole(out: number, text: string, mostMs: number): void {
  const said = lost > 0 ? `{"level":"warn","msg":"log lines were lost: nobody read them","chars":${lost}}\n` : ''
  let bytes = Buffer.from(`${isBroken ? '\n' : ''}${said}${text}`)
  const all = bytes.length
  const giveUpAt = performance.now() + mostMs
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(out, bytes))
    } catch (error) {
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN'
      if (!isFull || performance.now() > giveUpAt) {
        lost += text.length
        if (bytes.length < all) isBroken = true
        return
      }
      Atomics.wait(pause, 0, 0, 2)
    }
  }
  lost = 0
  isBroken = false
}
