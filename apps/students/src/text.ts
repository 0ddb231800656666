import { z } from 'zod'

/** One line for people to read: no control characters (PostgreSQL cannot store U+0000), no lone surrogates. */
export const Line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text) && text.isWellFormed(), 'has characters that cannot be shown')

/** An address in lower case: one account for it however it is typed. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
