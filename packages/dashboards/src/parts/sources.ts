import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common'

/** The stores, by the ids that grafana/provisioning/datasources gives them. */
export const prometheus: DataSourceRef = { type: 'prometheus', uid: 'prometheus' }
export const loki: DataSourceRef = { type: 'loki', uid: 'loki' }
export const tempo: DataSourceRef = { type: 'tempo', uid: 'tempo' }
