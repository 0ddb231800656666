import { afterAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { createTestDatabase } from '@hourglass/testing/database'
import { asc, sql } from 'drizzle-orm'
import { bigint, boolean, integer, jsonb, numeric, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { insertRows } from './insert-rows'

const database = await createTestDatabase({
  service: 'kit',
  migrations: join(import.meta.dir, '../../fixtures/migrations'),
})
const { db } = database
afterAll(() => database.close())

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const things = pgSchema('sample').table('things', {
  id: uuid('id').primaryKey(),
  position: integer('its "position"').notNull(),
  size: bigint('size', { mode: 'number' }).notNull(),
  marks: numeric('marks'),
  isOn: boolean('is_on').notNull(),
  words: text('words').array().notNull(),
  body: jsonb('body').notNull(),
  name: text('name').notNull().default('nameless'),
  at: instant('at').notNull(),
  madeAt: instant('made_at').notNull().defaultNow(),
})
await db.execute(sql`create table sample.things (
  id uuid primary key, "its ""position""" int not null, size bigint not null, marks numeric, is_on boolean not null,
  words text[] not null, body jsonb not null, name text not null default 'nameless', at timestamptz not null,
  made_at timestamptz not null default now())`)

const thing = (position: number) => ({
  ...{ id: Bun.randomUUIDv7(), position, size: 2 ** 52 + position, marks: position % 2 ? '0.30000' : null },
  isOn: position % 3 === 0,
  words: ['', 'a,b', '{"}', "o'clock \\ ü 数\n"],
  body: { list: [1, null, 'x'], deep: { '"': '\u2028</script>' } },
  at: new Date(1_800_000_000_000 + position),
})

test('rows come back as they were given, and what was not given is the default', async () => {
  const rows = Array.from({ length: 500 }, (_, index) => thing(index))
  await insertRows(db, things, rows)
  const stored = await db.select().from(things).orderBy(asc(things.position))
  expect(stored.map(({ name: _, madeAt: __, ...row }) => row)).toEqual(rows)
  expect(stored[0]?.name).toBe('nameless')
  expect(Math.abs(Date.now() - (stored[0]?.madeAt.getTime() ?? 0))).toBeLessThan(60_000)
  await expect(insertRows(db, things, rows.slice(0, 1))).rejects.toThrow()
  await insertRows(db, things, rows, sql`on conflict do nothing`)
  await insertRows(db, things, [])
  expect(await db.$count(things)).toBe(500)
})

test('a body that is no object stays what it is', async () => {
  await db.delete(things)
  const bodies = ['plain', 7, true, ['a']]
  await insertRows(
    db,
    things,
    bodies.map((body, index) => ({ ...thing(index), body })),
  )
  const stored = await db.select().from(things).orderBy(asc(things.position))
  expect(stored.map(({ body }) => body)).toEqual(bodies)
})
