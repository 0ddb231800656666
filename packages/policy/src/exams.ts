import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const examsPolicy: readonly PolicyRow[] = []
