import { person } from '@hourglass/kit/auth/principal'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { exportRoster } from './export'
import { importRoster } from './import'
import { RosterReport } from './model'

const Id = z.object({ id: z.uuid() })
const example = 'name,email,groups\nAda Lovelace,ada@example.org,A\n'

export const rosterRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/classes/:id/roster', tags: ['classes'] })
    .use(person())
    .get(
      '',
      async ({ person, params, set }) => {
        set.headers['content-type'] = 'text/csv; charset=utf-8'
        set.headers['content-disposition'] = 'attachment; filename="roster.csv"'
        return exportRoster(db, person, params.id)
      },
      { params: Id, detail: { summary: 'The students of a class as CSV' } },
    )
    .post(
      '',
      async ({ person, params, query, request, set }) => {
        // The answer holds invitation links.
        set.headers['cache-control'] = 'no-store'
        const bytes = new Uint8Array(await request.arrayBuffer())
        return importRoster(db, person, { classId: params.id, bytes, isDryRun: query.dryRun === 'true' })
      },
      {
        params: Id,
        query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
        // The bytes are read as they are: the encoding is part of what is judged.
        parse: 'none',
        response: RosterReport,
        detail: {
          summary: 'Add the students of a CSV file, each row with its own result',
          requestBody: { content: { 'text/csv': { schema: { type: 'string' }, example } } },
        },
      },
    )
