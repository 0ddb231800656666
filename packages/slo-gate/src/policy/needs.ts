import type { Policy } from './policy'

export type NeedPath = { service: string; path: readonly string[]; outcome: 'block' | 'warn' }

/**
 * Everything that a service cannot do without, also by way of others, each once and by its shortest way. A circle ends where it began. A
 * way on which any edge only warns only warns.
 */
export function needsOf(policy: Policy, service: string): NeedPath[] {
  const found = new Map<string, NeedPath>()
  const queue: NeedPath[] = [{ service, path: [service], outcome: 'block' }]
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const need of policy.services[next.service]?.needs ?? []) {
      if (need.service === service) continue
      const outcome = next.outcome === 'block' && need.outcome === 'block' ? 'block' : 'warn'
      const known = found.get(need.service)
      // A longer way on which every edge blocks counts for more than a short one that warns.
      if (known && (known.outcome === 'block' || outcome === 'warn')) continue
      const reached: NeedPath = { service: need.service, path: [...next.path, need.service], outcome }
      found.set(need.service, reached)
      queue.push(reached)
    }
  }
  return [...found.values()]
}
