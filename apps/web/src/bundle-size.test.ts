import { expect, test } from 'bun:test'
import { budgetBytes, measureStudentScripts, measuringBudgetBytes, totalBytes } from '../scripts/bundle-size'

test('the scripts of all student pages are at most 60 kB gzipped, what measures them at most 3.5 kB more', async () => {
  const { pages, apart } = await measureStudentScripts()
  const names = pages.map(({ name }) => name)
  expect(names).toContain('_student')
  expect(names).toContain('src/student/room/room-page.tsx')
  expect(names).toContain('_account')
  expect(names.filter((name) => /teacher|admin|staff/.test(name))).toEqual([])
  expect(totalBytes(pages)).toBeLessThanOrEqual(budgetBytes)
  // It stays apart only while no page loads it by itself.
  expect(apart.map(({ name }) => name)).toEqual(['src/lib/telemetry/measure.ts'])
  expect(totalBytes(apart)).toBeLessThanOrEqual(measuringBudgetBytes)
}, 120_000)
