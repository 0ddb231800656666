import { z } from 'zod'
import { BadRequestError } from './errors'

/** Query of every list: `limit` 1–200 (default 50) and the `next` of the page before. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** The values of the sort columns of the last row, as opaque text. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** Reads a cursor of `size` texts. Throws a BadRequestError (`bad-cursor`) for anything that this server did not give out. */
export function decodeCursor(cursor: string | undefined, size: number): string[] | null {
  if (cursor === undefined) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === size) return values.map(String)
  } catch {}
  throw new BadRequestError('bad-cursor', 'The cursor is not one that this list gave out.')
}

/** Cuts a list that was read with `limit + 1` rows, and makes the cursor of the next page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => readonly (string | number)[],
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(toItem), next: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null }
}
