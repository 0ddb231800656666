import type { Metrics } from '@hourglass/kit/metrics'

/**
 * The registries of all services as one exposition. A family that several services have stands once, with the samples of all
 * of them together, as the text format asks (its `service` label tells them apart).
 */
export async function renderMetrics(all: readonly Metrics[]): Promise<string> {
  const families = new Map<string, { head: string[]; samples: string[] }>()
  for (const { registry } of all) {
    let current: { head: string[]; samples: string[] } | undefined
    for (const line of (await registry.metrics()).split('\n')) {
      const name = /^# HELP (\S+)/.exec(line)?.[1]
      if (name !== undefined) {
        current = families.get(name) ?? { head: [], samples: [] }
        families.set(name, current)
      }
      if (!current || line === '') continue
      if (!line.startsWith('#')) current.samples.push(line)
      else if (current.head.length < 2) current.head.push(line)
    }
  }
  return [...families.values()].map(({ head, samples }) => `${[...head, ...samples].join('\n')}\n`).join('\n')
}
