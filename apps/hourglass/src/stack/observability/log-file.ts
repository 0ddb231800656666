import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'

export type LogFile = { write: (line: string) => void; close: () => void }

/**
 * Appends lines to a file. Beyond `maxBytes` it becomes `<path>.1` in place of the one before, so that both together stay below
 * twice that. A disk that is full loses lines, and never stops who writes them.
 */
export function openLogFile(path: string, maxBytes: number): LogFile {
  let file = openSync(path, 'a')
  let size = fstatSync(file).size
  return {
    write(line) {
      const bytes = Buffer.from(`${line}\n`)
      try {
        if (size > 0 && size + bytes.length > maxBytes) {
          renameSync(path, `${path}.1`)
          const next = openSync(path, 'a')
          closeSync(file)
          file = next
          size = 0
        }
        size += writeSync(file, bytes)
      } catch {
        // The console still has it.
      }
    },
    close: () => closeSync(file),
  }
}
