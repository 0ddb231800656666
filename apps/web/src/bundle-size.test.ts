import { expect, test } from 'bun:test'
import { budgetBytes, measureStudentScripts, totalBytes } from '../scripts/bundle-size'

test('the scripts of all student pages are at most 60 kB gzipped', async () => {
  const measured = await measureStudentScripts()
  const names = measured.map(({ name }) => name)
  expect(names).toContain('_student')
  expect(names).toContain('src/student/room/room-page.tsx')
  expect(names).toContain('src/app/account.tsx')
  expect(names.filter((name) => /teacher|admin|staff/.test(name))).toEqual([])
  expect(totalBytes(measured)).toBeLessThanOrEqual(budgetBytes)
}, 120_000)
