import type { Target, Targets } from '@hourglass/servers/prometheus'
import type { Replica } from '../replica'

/** Ports with metrics, by the name that stands in the labels `job` and `instance`. */
export type MetricsPorts = Readonly<Record<string, number>>

/** What Prometheus scrapes: every replica, and every server of the stack. */
export function targetsOf(replicas: readonly Replica[], ports: MetricsPorts, alertmanagerPort: number): Targets {
  return {
    services: replicas.map(({ service, name, metricsPort }) => ({
      address: `127.0.0.1:${metricsPort}`,
      labels: { service, instance: name },
    })),
    servers: Object.entries(ports).flatMap(([name, port]) => {
      const of = (job: string, more: Record<string, string> = {}): Target => ({
        address: `127.0.0.1:${port}`,
        labels: { job, instance: name, ...more },
      })
      // Its first page adds up what this one tells queue by queue.
      const detailed = { __metrics_path__: '/metrics/detailed', __param_family: 'queue_coarse_metrics' }
      return name === 'rabbitmq' ? [of(name), of('rabbitmq-queues', detailed)] : [of(name)]
    }),
    alertmanagers: [{ address: `127.0.0.1:${alertmanagerPort}`, labels: {} }],
  }
}
