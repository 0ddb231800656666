import { expect, test } from 'bun:test'
import { resolve } from 'node:path'
import { readOwnPromises } from './own-promises'
import { readSloFolder } from './read'

test('the program has every promise of the folder, as the folder has it', () => {
  const folder = resolve(import.meta.dir, '../../../../slo')
  const promises = readSloFolder(folder).flatMap(({ slos }) => slos)
  expect(promises.length).toBeGreaterThan(10)
  expect(readOwnPromises()).toEqual(promises)
})
