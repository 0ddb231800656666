import type { ServiceName } from '../installation/environments'

/** One process of a service, and where it listens. */
export type Replica = { service: ServiceName; name: string; port: number; metricsPort: number }

export type EnvironmentOf = (replica: Replica) => Record<string, string>
