import { PageQuery, pageOf } from '@hourglass/kit/paging'
import { z } from 'zod'
import { mailKinds } from '../mail/mailer'

/** A mail in the mailbox. `html` holds no script and no remote content. */
export const Message = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(mailKinds),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  sentAt: z.iso.datetime(),
})
export type Message = z.infer<typeof Message>

export const MessagesPage = pageOf(Message)
export type MessagesPage = z.infer<typeof MessagesPage>

export const MessagesQuery = PageQuery.extend({ personId: z.uuid().optional() })
export type MessagesQuery = z.infer<typeof MessagesQuery>
