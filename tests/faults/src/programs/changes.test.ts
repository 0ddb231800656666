import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenarios } from '../scenarios'
import { edit, root, type SourceChange } from './build'
import { createCrashPoints } from './crash-points'
import { plants } from './plants'

const apply = (changes: readonly SourceChange[]) =>
  changes.map((change) => {
    const source = readFileSync(join(root, change.file), 'utf8')
    return edit(source, change) !== source
  })

test.each(plants.map((plant) => [plant.name, plant] as const))(
  '«%s» can still be planted',
  (_, { changes, scenario }) => {
    expect(apply(changes)).toEqual(changes.map(() => true))
    expect(scenarios.map(({ name }) => name)).toContain(scenario)
  },
)

test('every point at which a process can die is still there', () => {
  const points = createCrashPoints()
  expect(apply(points.changes)).toEqual(points.changes.map(() => true))
  points.remove()
})
