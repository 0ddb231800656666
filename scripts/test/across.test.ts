import { expect, test } from 'bun:test'
import { testsAcross } from './across'
import { browserTestsOf } from './shapes'

test('every test of tests/ is in a suite, and what promises times is beside no other', () => {
  const { alone, observing, timeless } = testsAcross()
  const asked = [...alone, ...observing, ...timeless]
  expect(new Set(asked).size).toBe(asked.length)
  const browser = new Set([...browserTestsOf.single, ...browserTestsOf.stack])
  // As Git has them, so that a file that lies elsewhere is seen too.
  const { stdout } = Bun.spawnSync(['git', 'ls-files', '--cached', '--others', '--exclude-standard', 'tests'])
  const all = stdout
    .toString()
    .split('\n')
    .filter((path) => /\.test\.tsx?$/.test(path) && !path.startsWith('tests/images/'))
  expect([...asked, ...browser].sort()).toEqual(all.sort())
  for (const name of ['crash', 'faults', 'start-herd', 'hostile']) {
    expect([name, alone.some((file) => file.includes(`/${name}.test.ts`))]).toEqual([name, true])
  }
})
