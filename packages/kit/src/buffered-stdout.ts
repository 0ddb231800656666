import { writeSync } from 'node:fs'
import type { DestinationStream } from 'pino'

const mostChars = 8_192
const longestMs = 100
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
  const flush = () => {
    isDue = false
    const text = waiting
    waiting = ''
    writeWhole(text)
  }
  process.on('exit', flush)
  shared = {
    write(line) {
      waiting += line
      if (waiting.length >= mostChars || isUrgent.test(line)) {
        flush()
        return
      }
      if (!isDue) setTimeout(flush, longestMs).unref()
      isDue = true
    },
  }
  return shared
}

/** A pipe whose reader is slow takes a part, or nothing for now; one without a reader takes nothing more. */
function writeWhole(text: string): void {
  let bytes = Buffer.from(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return
      Atomics.wait(pause, 0, 0, 2)
    }
  }
}
