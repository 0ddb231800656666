import type { Rig } from './rig'

/** Asks the management API about the product's virtual host: `manageBroker(rig, 'DELETE', 'queues', 'grading.events')`. */
export async function manageBroker(rig: Rig, method: string, kind: string, ...path: string[]): Promise<void> {
  const { origin, username, password } = new URL(rig.broker().managementUrl)
  const place = [kind, 'hourglass', ...path].map(encodeURIComponent).join('/')
  const response = await fetch(`${origin}/api/${place}`, {
    method,
    headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` },
    signal: AbortSignal.timeout(5_000),
  })
  // Gone already is as good.
  if (!response.ok && response.status !== 404) throw new Error(`${method} ${kind}: ${response.status}`)
}
