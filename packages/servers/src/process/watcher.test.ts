import { afterEach, expect, test } from 'bun:test'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startOf } from './identity'

const watched: Bun.Subprocess[] = []
afterEach(() => {
  for (const process of watched.splice(0)) process.kill('SIGKILL')
})

const sleeper = () => {
  const child = Bun.spawn(['sleep', '60'], { detached: true })
  watched.push(child)
  return child
}

/** Runs a program that watches a process and then is killed itself. */
async function watchAndDie(call: string): Promise<void> {
  const program = `import { endWithThisProcess } from '${import.meta.dir}/watcher'; ${call}; console.log('watches'); await Bun.sleep(60_000)`
  const watcher = Bun.spawn([process.execPath, '-e', program], { stdout: 'pipe' })
  watched.push(watcher)
  for await (const _ of watcher.stdout) break
  watcher.kill('SIGKILL')
  await watcher.exited
}

const hasEnded = async (pid: number): Promise<boolean> => {
  for (let waited = 0; waited < 3_000 && startOf(pid) !== null; waited += 20) await Bun.sleep(20)
  return startOf(pid) === null
}

test('a process ends with the one that watches it, and its folder goes', async () => {
  const child = sleeper()
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-watcher-'))
  await watchAndDie(`endWithThisProcess(${child.pid}, { folder: '${folder}' })`)
  expect(await hasEnded(child.pid)).toBe(true)
  for (let waited = 0; waited < 3_000 && existsSync(folder); waited += 20) await Bun.sleep(20)
  expect(existsSync(folder)).toBe(false)
})

test('another process that has got the id since is left alone', async () => {
  const child = sleeper()
  // A process that has ended: the watcher knows no start for it. It must not take whoever has the number.
  const gone = Bun.spawn(['true'])
  await gone.exited
  await watchAndDie(`endWithThisProcess(${gone.pid})`)
  // One whose start is another: as if the number had gone round.
  const other = sleeper()
  await watchAndDie(
    `const real = (await import('${import.meta.dir}/identity')).startOf(${other.pid}); if (!real) throw 0; endWithThisProcess(${other.pid}, { start: '1' })`,
  )
  await Bun.sleep(500)
  expect([startOf(child.pid), startOf(other.pid)].every((start) => start !== null)).toBe(true)
})

test('once released, nothing is ended', async () => {
  const child = sleeper()
  await watchAndDie(`endWithThisProcess(${child.pid})()`)
  await Bun.sleep(500)
  expect(startOf(child.pid)).not.toBeNull()
})
