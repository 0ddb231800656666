/** The public API, as whoever loads the demo data uses it. */
export type Client = {
  /** Answers the body. Throws an Error with the server's words unless the status is 2xx. */
  ask: <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<Body>
}

export function createClient(url: string, authorization: string | null = null): Client {
  return {
    async ask<Body>(method: string, path: string, body?: unknown) {
      const isRaw = typeof body === 'string' || body instanceof Uint8Array
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          origin: url,
          ...(authorization ? { authorization } : {}),
          ...(isRaw || body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        // Text and bytes go as they are.
        body: body === undefined ? null : isRaw ? (body as string) : JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
      // What each route promises; the loader names it where it asks.
      return (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as Body
    },
  }
}

/** Signs in; answers a client that speaks for that person. */
export async function signIn(url: string, email: string, password: string): Promise<Client> {
  const session = await createClient(url).ask<{ accessToken: string }>('POST', '/api/sessions', { email, password })
  return createClient(url, `Bearer ${session.accessToken}`)
}
