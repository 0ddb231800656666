import type { Db } from '@hourglass/kit/db/connect'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { hashPassword, NewPassword } from '../passwords/password'
import { people } from '../schema'
import { Email, Line } from '../text'
import { tellPerson } from './service'

const FirstAdmin = z.object({ email: Email, password: NewPassword, name: Line(200) })

/** Creates the admin of an installation that has none; once there is one it does nothing. Answers whether it did. */
export async function createFirstAdmin(db: Db, input: z.infer<typeof FirstAdmin>): Promise<boolean> {
  const { email, password, name } = FirstAdmin.parse(input)
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('hourglass first admin'))`)
    if ((await tx.$count(people, eq(people.role, 'admin'))) > 0) return false
    const [row] = await tx
      .insert(people)
      .values({ id: Bun.randomUUIDv7(), role: 'admin', name, email, passwordHash })
      .returning()
    if (!row) throw new Error('insert returned no row')
    await tellPerson(tx, row)
    return true
  })
}
