import { person } from '@hourglass/kit/auth/principal'
import { NotFoundError } from '@hourglass/kit/errors'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { Message, MessagesPage, MessagesQuery } from './model'
import { getMessage, listMessages } from './service'

export const messageRoutes = ({ db, mailbox }: Pick<Deps, 'db' | 'mailbox'>) =>
  new Elysia({ prefix: '/api/messages', tags: ['messages'] })
    .onBeforeHandle(() => {
      // Where mail goes out for real, nobody reads it here.
      if (!mailbox) throw new NotFoundError('address')
    })
    .use(person())
    .get('', ({ person, query }) => listMessages(db, person, query), {
      query: MessagesQuery,
      response: MessagesPage,
      detail: { summary: 'My mail, the newest first; everybody’s for admins' },
    })
    .get('/:id', ({ person, params }) => getMessage(db, person, params.id), {
      params: z.object({ id: z.uuid() }),
      response: Message,
      detail: { summary: 'One mail' },
    })
