import { afterEach, describe, expect, test } from 'bun:test'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endProcess } from '@hourglass/servers/process-identity'
import { Problem } from '../problem'
import { openDataFolder, resetDataFolder } from './data-folder'
import { readSecrets } from './secrets'

const parents: string[] = []
const createFolder = () => {
  const parent = mkdtempSync(join(tmpdir(), 'hourglass-folder-'))
  parents.push(parent)
  return join(parent, 'data')
}
afterEach(() => {
  for (const parent of parents.splice(0)) rmSync(parent, { recursive: true, force: true })
})

/** Another process that holds the folder until it is ended. */
async function holdElsewhere(path: string) {
  const script = `const { openDataFolder } = await import('${import.meta.dir}/data-folder.ts');
    openDataFolder(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`
  const holder = Bun.spawn([process.execPath, '-e', script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { value } = await holder.stdout.getReader().read()
  expect(new TextDecoder().decode(value)).toContain('held')
  return holder.pid
}

describe('one copy to a folder', () => {
  test('a second copy is told the first one’s process', async () => {
    const path = createFolder()
    const pid = await holdElsewhere(path)
    expect(() => openDataFolder(path)).toThrow(`already running on ${path} (process ${pid})`)
    await endProcess(pid, 'SIGKILL', 2_000)
  })

  test('the lock of a killed copy is seen through', async () => {
    const path = createFolder()
    await endProcess(await holdElsewhere(path), 'SIGKILL', 2_000)
    expect(existsSync(join(path, 'lock'))).toBe(true)
    openDataFolder(path).release()
    expect(existsSync(join(path, 'lock'))).toBe(false)
  })

  test('a process that got the killed one’s id by chance holds nothing', () => {
    const path = createFolder()
    mkdirSync(path)
    writeFileSync(join(path, 'lock'), JSON.stringify({ pid: process.pid, start: 'another time' }))
    openDataFolder(path).release()
  })

  test('a lock that is not ours to read stops nobody', () => {
    const path = createFolder()
    mkdirSync(path)
    writeFileSync(join(path, 'lock'), '{"pid":')
    openDataFolder(path).release()
  })
})

test('a file in the folder’s place is a problem that names the option', () => {
  const path = createFolder()
  writeFileSync(path, '')
  expect(() => openDataFolder(path)).toThrow('Choose another with --data')
})

test('starting afresh deletes what is ours and nothing else', () => {
  const path = createFolder()
  const folder = openDataFolder(path)
  const before = readSecrets(path)
  writeFileSync(join(path, 'thesis.txt'), 'not ours')
  resetDataFolder(folder)
  expect(existsSync(join(path, 'thesis.txt'))).toBe(true)
  expect(readSecrets(path).receiptKey).not.toBe(before.receiptKey)
  folder.release()
})

test('secrets are made once, for their user’s eyes only, and a damaged file is named', () => {
  const path = createFolder()
  mkdirSync(path)
  const secrets = readSecrets(path)
  expect(readSecrets(path)).toEqual(secrets)
  expect(statSync(join(path, 'secrets.json')).mode & 0o777).toBe(0o600)
  writeFileSync(join(path, 'secrets.json'), '{}')
  expect(() => readSecrets(path)).toThrow(Problem)
})
