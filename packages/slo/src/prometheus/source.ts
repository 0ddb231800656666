export type Source = {
  /** Prometheus' address, Mimir's with `/prometheus`, or that of a Thanos querier; without a slash at the end. */
  url: string
  /** `X-Scope-OrgID` of Mimir. */
  tenant?: string | undefined
  /** The header of that name, such as `Bearer …`. */
  authorization?: string | undefined
  /** For everything that is asked, with all tries. */
  deadlineMs?: number
  /** How often what may be a moment's trouble is asked: 3. */
  mostTries?: number
}

/**
 * The source at an address as people write it: with a slash at the end, or with `NAME:PASSWORD@`, which stands in no report or log then. A
 * token comes before a password.
 */
export function sourceAt(
  url: URL,
  { token, tenant }: { token?: string | undefined; tenant?: string | undefined },
): Source {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  const authorization = authorizationOf(url, token)
  return { url: bare.href.replace(/\/+$/, ''), authorization, tenant: tenant || undefined }
}

function authorizationOf({ username, password }: URL, token: string | undefined): string | undefined {
  if (token) return `Bearer ${token}`
  if (username === '') return undefined
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
}
