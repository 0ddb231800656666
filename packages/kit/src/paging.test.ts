import { expect, test } from 'bun:test'
import { decodeCursor, encodeCursor, PageQuery, toPage } from './paging'

test('pages follow each other by cursor: each row once, and the last page has no next', () => {
  const all = Array.from({ length: 7 }, (_, index) => index)
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const [after = '-1'] = decodeCursor(cursor, 1) ?? []
    const rows = all.filter((row) => row > Number(after)).slice(0, 3 + 1)
    const page = toPage(
      rows,
      3,
      (row) => row,
      (row) => [row],
    )
    seen.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  expect(seen).toEqual(all)
})

test('a cursor that this server did not give out is refused with a 400', () => {
  for (const forged of ['rubbish', '', encodeCursor(['a', 'b']), Buffer.from('{"length":1}').toString('base64url')]) {
    expect(() => decodeCursor(forged, 1)).toThrow('not one that this list gave out')
  }
  expect(decodeCursor(encodeCursor(['Zoé "x"', 2]), 2)).toEqual(['Zoé "x"', '2'])
})

test('a page has 1 to 200 items, 50 without a word', () => {
  expect(PageQuery.parse({}).limit).toBe(50)
  for (const limit of ['0', '201', '1.5', 'x']) expect(PageQuery.safeParse({ limit }).success).toBe(false)
})
