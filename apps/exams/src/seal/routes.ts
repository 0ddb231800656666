import { desc, inArray } from 'drizzle-orm'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { snapshots } from '../schema'

const Wanted = z.strictObject({
  /** Without a digest the newest revision is meant. */
  items: z
    .array(z.strictObject({ attemptId: z.uuid(), digest: z.string().length(64).optional() }))
    .min(1)
    .max(200),
})

/**
 * For services only: the canonical JSON of sealed attempts, as `{ items: [{ attemptId, digest, snapshot }] }`. What is not there is
 * left out.
 */
export const snapshotRoutes = ({ db }: Deps) =>
  new Elysia({ prefix: '/internal/snapshots', tags: ['internal'] }).post(
    '',
    async ({ body: { items } }) => {
      const ids = [...new Set(items.map(({ attemptId }) => attemptId))]
      const rows = await db
        .select()
        .from(snapshots)
        .where(inArray(snapshots.attemptId, ids))
        .orderBy(desc(snapshots.revision))
      const found = items.flatMap(({ attemptId, digest }) => {
        const row = rows.find(
          (each) => each.attemptId === attemptId && (digest === undefined || each.digest === digest),
        )
        // The very bytes that the digest names.
        return row ? [`{"attemptId":"${attemptId}","digest":"${row.digest}","snapshot":${row.body}}`] : []
      })
      return new Response(`{"items":[${found.join(',')}]}`, { headers: { 'content-type': 'application/json' } })
    },
    { body: Wanted, detail: { summary: 'The sealed snapshots of attempts' } },
  )
