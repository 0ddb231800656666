import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const notifierPolicy: readonly PolicyRow[] = []
