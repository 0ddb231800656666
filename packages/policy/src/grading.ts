import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const gradingPolicy: readonly PolicyRow[] = []
