import { existsSync, writeFileSync } from 'node:fs'
import { installDebianPackage } from '@hourglass/servers/debian'

/** The wall clock of some processes, which a test sets; their clocks that only count go on as they are. */
export type Clock = {
  /** What the processes need in their environment. */
  environment: Readonly<Record<string, string>>
  /** From the true time, in seconds. They see it within a second. */
  set: (offsetSeconds: number) => void
}

/** Debian's package that the tests were last run with. */
const pinned = '0.9.10-2.1'

/** @param file in which the offset is kept; whoever runs as another user must be able to read it. */
export function createClock(file: string): Clock {
  const library = findLibrary()
  const set = (offsetSeconds: number) => writeFileSync(file, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}\n`)
  set(0)
  return {
    set,
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // Waits in seconds stay seconds.
      FAKETIME_DONT_RESET: '1',
    },
  }
}

function findLibrary(): string {
  const look = () =>
    ['x86_64', 'aarch64']
      .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
      .find((path) => existsSync(path))
  if (!look()) installDebianPackage('libfaketime', pinned)
  const path = look()
  if (!path) throw new Error('libfaketime is not there')
  return path
}
