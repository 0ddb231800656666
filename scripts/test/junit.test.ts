import { expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJunitCounts, readJunitFailures, readJunitSeconds } from './junit'

test('skipped tests have not passed', () => {
  const head = '<testsuites name="bun test" tests="5" assertions="9" failures="1" skipped="2" time="0.1">'
  expect(readJunitCounts(`<?xml version="1.0"?>\n${head}`)).toEqual({ tests: 3, failures: 1 })
})

test('the report that bun writes tells each failed test, where it is and what it said', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-junit-'))
  writeFileSync(
    join(folder, 'a.test.ts'),
    `import { describe, expect, test } from 'bun:test'
    describe('a group', () => {
      test('is <less> than "that"', () => expect({ a: 1 }).toEqual({ a: 2 }))
      test('throws', () => { throw new Error('in words') })
      test('holds', () => {})
      test('never ends', () => Bun.sleep(5_000), 20)
    })`,
  )
  const command = [process.execPath, 'test', '--reporter=junit', '--reporter-outfile=report.xml']
  Bun.spawnSync(command, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
  const xml = readFileSync(join(folder, 'report.xml'), 'utf8')
  rmSync(folder, { recursive: true })
  expect(readJunitCounts(xml)).toEqual({ tests: 4, failures: 3 })
  const failures = readJunitFailures(xml)
  expect(failures.map(({ file, name }) => `${file} ${name}`)).toEqual([
    'a.test.ts:3 a group > is <less> than "that"',
    'a.test.ts:4 a group > throws',
    'a.test.ts:6 a group > never ends',
  ])
  expect(failures.map(({ message }) => message).join('\n')).toMatch(/"a": 2.*in words.*timed out/s)
  expect(readJunitSeconds(xml)).toEqual([{ file: 'a.test.ts', seconds: expect.any(Number) }])
})
