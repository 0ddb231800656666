import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const gatewayPolicy: readonly PolicyRow[] = []
