import { z } from 'zod'
import { NewPassword } from '../passwords/password'

/** `link` is relative to the site; the token is in its fragment, which no server and no log sees. */
export const InvitationLink = z.object({ link: z.string(), expiresAt: z.iso.datetime() })
export type InvitationLink = z.infer<typeof InvitationLink>

export const Acceptance = z.strictObject({ token: z.string().min(1).max(100), password: NewPassword })
export type Acceptance = z.infer<typeof Acceptance>

export const Accepted = z.object({ email: z.string() })
export type Accepted = z.infer<typeof Accepted>
