import { accessSync, constants, linkSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startOf } from '@hourglass/servers/process-identity'
import { Problem, systemCodeOf } from '../problem'

export type DataFolder = { path: string; release: () => void }

/**
 * Makes the folder ours until `release`: it is writable, and no other copy of the program uses it. A copy that was killed
 * leaves its lock behind; that lock is seen through, since its process is gone. Throws a Problem.
 */
export function openDataFolder(given: string): DataFolder {
  const path = resolve(given)
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 })
    accessSync(path, constants.W_OK)
    const lock = join(path, 'lock')
    takeLock(path, lock)
    return { path, release: () => rmSync(lock, { force: true }) }
  } catch (error) {
    const code = systemCodeOf(error)
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new Problem(`Cannot write to ${path}. Give this user the right to, or choose another folder with --data.`)
    }
    if (code === 'ENOTDIR' || code === 'EEXIST') {
      throw new Problem(`${path} is not a folder. Choose another with --data.`)
    }
    throw error
  }
}

/** Deletes what the program keeps in a folder that it holds, and nothing that it did not put there. */
export function resetDataFolder({ path }: DataFolder): void {
  for (const name of ['postgres', 'postgres.log', 'secrets.json', 'demo.json']) {
    rmSync(join(path, name), { recursive: true, force: true })
  }
}

function takeLock(folder: string, lock: string): void {
  const own = `${lock}.${process.pid}`
  writeFileSync(own, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }))
  try {
    // A link appears with its content or not at all, and only if there is none: two starts at once cannot both win.
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(own, lock)
        return
      } catch (error) {
        if (systemCodeOf(error) !== 'EEXIST') throw error
        const holder = readHolder(lock)
        if (holder) {
          throw new Problem(
            `Hourglass is already running on ${folder} (process ${holder}). Stop it, or choose another folder with --data.`,
          )
        }
        rmSync(lock, { force: true })
      }
    }
    throw new Problem(`Another copy of Hourglass is starting on ${folder}. Choose another folder with --data.`)
  } finally {
    unlinkSync(own)
  }
}

/** The process that holds the lock; `null` when it has ended. */
function readHolder(lock: string): number | null {
  try {
    const { pid, start } = JSON.parse(readFileSync(lock, 'utf8'))
    return Number.isInteger(pid) && startOf(pid) === start && start !== null ? pid : null
  } catch {
    return null
  }
}
