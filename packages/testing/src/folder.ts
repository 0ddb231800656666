import { chmodSync, existsSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Linux's folder in memory. */
const inMemory = '/dev/shm'
/** What servers write during a whole run of tests fits many times, and who shares the machine does not miss it. */
const leastBytes = 4 * 1024 ** 3

/**
 * A new folder for a server that tests start, in memory where there is plenty of it, else on the disk. Servers keep the durable
 * settings of production either way; thousands of small commits need not wait for a disk that is busy. What promises to outlive
 * a crash is tested on the disk (tests/faults, tests/crash).
 */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(hasRoomInMemory() ? inMemory : tmpdir(), 'hourglass-test-'))
  // PostgreSQL runs as the user `postgres` when root starts it, and must be able to walk there.
  chmodSync(folder, 0o755)
  return folder
}

function hasRoomInMemory(): boolean {
  if (!existsSync(inMemory)) return false
  const { bavail, bsize } = statfsSync(inMemory)
  return Math.min(bavail * bsize, process.availableMemory()) >= leastBytes
}
