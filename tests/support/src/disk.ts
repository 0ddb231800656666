import { mkdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'

/** A file system of its own, small enough to be filled. */
export type SmallDisk = {
  /** Takes every byte that is left. */
  fill: () => Promise<void>
  free: () => void
  unmount: () => void
}

/** Mounts a tmpfs of `mebibytes` on a folder. Only root may: throws an Error elsewhere. */
export function mountSmallDisk(folder: string, mebibytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true })
  run(['mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'tmpfs', folder])
  const filler = join(folder, 'filler')
  return {
    fill: () => fillWith(filler),
    free: () => rmSync(filler, { force: true }),
    unmount: () => run(['umount', folder]),
  }
}

const piece = Buffer.alloc(1_024 * 1_024)

async function fillWith(path: string): Promise<void> {
  const file = await open(path, 'a')
  // Ever smaller pieces, until not even a byte fits.
  for (let size = piece.length; size >= 1; ) {
    const isWritten = await file.write(piece, 0, size).then(
      ({ bytesWritten }) => bytesWritten === size,
      () => false,
    )
    if (!isWritten) size = size >> 1
  }
  await file.close()
}

function run(command: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(command)
  if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${stderr.toString().trim()}`)
}
