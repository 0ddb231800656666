import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLogFile } from './log-file'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-log-file-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('whatever is written, a log takes no more than twice its bound, and its last lines are whole', () => {
  const path = join(folder, 'exams-1.log')
  for (const _ of [1, 2]) {
    const file = openLogFile(path, 1_000)
    for (let number = 0; number < 200; number++) file.write(`line ${number} of a service that talks a lot`)
    file.close()
  }
  expect(statSync(path).size + statSync(`${path}.1`).size).toBeLessThanOrEqual(2_000)
  const lines = (readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8')).trim().split('\n')
  const first = 200 - lines.length
  expect(lines).toEqual(lines.map((_, index) => `line ${first + index} of a service that talks a lot`))
})
