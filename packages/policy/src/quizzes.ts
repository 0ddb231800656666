import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const quizzesPolicy: readonly PolicyRow[] = []
