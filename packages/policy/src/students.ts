import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const studentsPolicy: readonly PolicyRow[] = []
