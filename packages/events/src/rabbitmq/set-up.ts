import { type BrokerPasswords, brokerDefinitions } from './definitions'

/**
 * Brings the broker to what `brokerDefinitions` says, by its management API (`http://admin:password@host:15672`): before the
 * services start, like migrations, and as often as one likes. Throws an Error that names what the broker refused.
 */
export async function setUpBroker(managementUrl: string, vhost: string, passwords: BrokerPasswords): Promise<void> {
  const { username } = new URL(managementUrl)
  const place = encodeURIComponent(vhost)
  await ask(managementUrl, 'PUT', `/api/vhosts/${place}`)
  const all = { configure: '.*', write: '.*', read: '.*' }
  await ask(managementUrl, 'PUT', `/api/permissions/${place}/${username}`, all)
  await ask(managementUrl, 'POST', '/api/definitions', brokerDefinitions(vhost, passwords))
}

async function ask(managementUrl: string, method: string, path: string, body?: object): Promise<void> {
  const { origin, username, password } = new URL(managementUrl)
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body ?? {}),
    signal: AbortSignal.timeout(15_000),
  })
  if (response.ok) return
  throw new Error(`the broker refused ${method} ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`)
}
