import { Elysia } from 'elysia'
import type { Deps } from '../deps'
import { Acceptance, Accepted } from './model'
import { acceptInvitation } from './service'

export const invitationRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/invitations', tags: ['people'] }).post(
    '/accept',
    ({ body }) => acceptInvitation(db, body),
    { body: Acceptance, response: Accepted, detail: { summary: 'Set my password with an invitation; then sign in' } },
  )
