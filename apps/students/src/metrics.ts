import { AppError } from '@hourglass/kit/errors'
import type { Registry } from '@hourglass/kit/metrics'

/** Counts sign-ins by how they ended. */
export function createSignInCount(registry: Registry): <T>(signIn: Promise<T>) => Promise<T> {
  const signIns = registry.counter({
    name: 'students_sign_ins_total',
    help: 'Sign-ins by outcome: signed-in, or the kind of the refusal; `failed` is a fault of ours.',
    labels: ['outcome'],
  })
  return async (signIn) => {
    try {
      const session = await signIn
      signIns.inc({ outcome: 'signed-in' })
      return session
    } catch (error) {
      signIns.inc({ outcome: error instanceof AppError ? error.kind : 'failed' })
      throw error
    }
  }
}
