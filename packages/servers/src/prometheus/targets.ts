import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A place to scrape: `address` is `host:port`. `labels` has `instance`, and `job` or `service`. */
export type Target = { address: string; labels: Readonly<Record<string, string>> }

export type Targets = {
  /** Job `services`: each replica, with the labels `service` and `instance`. */
  services: readonly Target[]
  /** Databases, broker, exporters and the telemetry's own servers: `job` and `instance`. */
  servers: readonly Target[]
  alertmanagers: readonly Target[]
}

/** Writes the files in which Prometheus looks for its targets; it reads them again when they change. */
export function writeTargets(folder: string, targets: Targets): void {
  for (const [name, list] of Object.entries(targets)) {
    const groups = list.map(({ address, labels }) => ({ targets: [address], labels }))
    const file = join(folder, `${name}.yml`)
    // JSON is YAML. Whole or not at all: Prometheus reads it whenever it likes.
    writeFileSync(`${file}.new`, JSON.stringify(groups, null, 2))
    renameSync(`${file}.new`, file)
  }
}
