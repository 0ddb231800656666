import type { Principal } from '@hourglass/kit/auth/principal'
import type { Db } from '@hourglass/kit/db/connect'
import { BadRequestError, NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { messages } from '../schema'
import type { Message, MessagesPage, MessagesQuery } from './model'

type Person = Extract<Principal, { kind: 'person' }>

/** The newest first; ids are UUIDv7, so their order is that of time. */
export async function listMessages(db: Db, person: Person, query: MessagesQuery): Promise<MessagesPage> {
  const before = readCursor(query.cursor)
  const rows = await db
    .select()
    .from(messages)
    .where(
      and(
        isTheirs(person),
        query.personId ? eq(messages.personId, query.personId) : undefined,
        before ? lt(messages.id, before) : undefined,
      ),
    )
    .orderBy(desc(messages.id))
    .limit(query.limit + 1)
  return toPage(rows, query.limit, toMessage, ({ id }) => [id])
}

export async function getMessage(db: Db, person: Person, id: string): Promise<Message> {
  const [row] = await db
    .select()
    .from(messages)
    .where(and(eq(messages.id, id), isTheirs(person)))
  if (!row) throw new NotFoundError('message')
  return toMessage(row)
}

const isTheirs = ({ role, personId }: Person) => (role === 'admin' ? undefined : eq(messages.personId, personId))

function readCursor(cursor: string | undefined): string | null {
  const [id] = decodeCursor(cursor, 1) ?? []
  if (id === undefined) return null
  if (!z.uuid().safeParse(id).success) {
    throw new BadRequestError('bad-cursor', 'The cursor is not one that this list gave out.')
  }
  return id
}

const toMessage = ({ key: _, sentAt, ...row }: typeof messages.$inferSelect): Message => ({
  ...row,
  sentAt: sentAt.toISOString(),
})
