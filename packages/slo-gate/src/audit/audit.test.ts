import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../problem'
import { appendAudit, type Entry, readAudit } from './audit'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = () => join(folder, `sub/audit-${files++}.jsonl`)

const entryAt = (at: number): Entry => ({
  ...{ at, kind: 'gate', environment: 'production', services: ['exams'], class: 'feature', sha: null, version: null },
  ...{ actor: 'ada', author: null, reason: null, incident: null, verdict: 'pass', exitCode: 0, slos: [] },
})

test('what was appended is read back, also when many append at once', async () => {
  const file = newFile()
  expect(readAudit(file)).toEqual([])
  await Promise.all(Array.from({ length: 8 }, (_, index) => appendAudit(file, entryAt(index))))
  expect(
    readAudit(file)
      .map(({ at }) => at)
      .sort(),
  ).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test('it does not matter in which order an entry names its fields', async () => {
  const file = newFile()
  const { at, ...rest } = entryAt(1)
  await appendAudit(file, { ...rest, at })
  expect(readAudit(file)).toEqual([entryAt(1)])
})

test('a line that was changed, taken out, moved or cut off shows', async () => {
  const file = newFile()
  for (const at of [1, 2, 3]) await appendAudit(file, entryAt(at))
  const [one, two, three] = readFileSync(file, 'utf8').trim().split('\n')
  const spoilt: [string, string][] = [
    [`${one}\n${two?.replace('"ada"', '"eve"')}\n${three}\n`, 'line 2'],
    [`${one}\n${three}\n`, 'line 2'],
    [`${two}\n${three}\n`, 'line 1'],
    [`${one}\n${three}\n${two}\n`, 'line 2'],
    [`${one}\n${two}\n${three?.slice(0, 20)}`, 'line 3 is cut off'],
    [`${one}\nx\n`, 'line 2'],
  ]
  for (const [text, expected] of spoilt) {
    writeFileSync(file, text)
    expect(() => readAudit(file)).toThrow(expected)
    expect(appendAudit(file, entryAt(4))).rejects.toBeInstanceOf(Problem)
  }
})

test('the lock of somebody who died is nobody’s', async () => {
  const file = newFile()
  await appendAudit(file, entryAt(1))
  writeFileSync(`${file}.lock`, '')
  const old = new Date(Date.now() - 60_000)
  utimesSync(`${file}.lock`, old, old)
  await appendAudit(file, entryAt(2))
  expect(readAudit(file)).toHaveLength(2)
})
