import { expect, test } from 'bun:test'
import { toCsv } from './csv'

test('a cell keeps its text, and no cell is run as a formula', async () => {
  const file = toCsv([
    ['Name', 'Marks'],
    ['O"Neill, Ann', '-1.5'],
    ['=HYPERLINK("x")', '3'],
  ])
  expect([...(await file.bytes()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(await file.text()).toBe('Name,Marks\r\n"O""Neill, Ann",-1.5\r\n"\'=HYPERLINK(""x"")",3\r\n')
})
