import { Role } from '@hourglass/kit/auth/principal'
import { z } from 'zod'
import { NewPassword } from '../passwords/password'
import { Email } from '../text'

export const Credentials = z.strictObject({ email: Email, password: z.string().min(1).max(200) })
export type Credentials = z.infer<typeof Credentials>

export const Me = z.object({ id: z.uuid(), role: Role, name: z.string(), email: z.string() })
export type Me = z.infer<typeof Me>

/** Answer of sign-in and refresh; the refresh token travels in its cookie only. `accessToken` belongs in memory. */
export const Session = z.object({ accessToken: z.string(), expiresAt: z.iso.datetime(), person: Me })
export type Session = z.infer<typeof Session>

export const PasswordChange = z.strictObject({ currentPassword: z.string().min(1).max(200), newPassword: NewPassword })
export type PasswordChange = z.infer<typeof PasswordChange>

/** What a client learns of itself besides the answer's body. */
export type Opened = { session: Session; refreshToken: string }
