import { z } from 'zod'
import { Problem } from './problem'

const FirstAdmin = z.object({ email: z.email(), password: z.string().min(8) })

/** The first admin that the environment names, or `null`. Throws a Problem for half of one. */
export function readFirstAdmin(environment: NodeJS.ProcessEnv): z.infer<typeof FirstAdmin> | null {
  const { HOURGLASS_ADMIN_EMAIL: email, HOURGLASS_ADMIN_PASSWORD: password } = environment
  if (!email && !password) return null
  const given = FirstAdmin.safeParse({ email, password })
  if (given.success) return given.data
  throw new Problem('The first admin needs HOURGLASS_ADMIN_EMAIL and HOURGLASS_ADMIN_PASSWORD (8 characters or more).')
}
