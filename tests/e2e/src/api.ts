/** The public API as a client without a browser sees it: what the crash loop, the load test and the matrix speak through. */
export type Answer<Body> = { status: number; body: Body; headers: Headers }

export type Api = {
  readonly url: string
  readonly authorization: string | null
  /** The same API with another `Authorization` header. */
  as(authorization: string | null): Api
  /** Sends it and reads the answer, whatever its status. Rejects when no answer came within `timeoutMs`. */
  ask<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>
  /** As `ask`; throws an Error with the server's words unless the status is 2xx. */
  must<Body = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body>
}

export function createApi(url: string, options: { authorization?: string | null; timeoutMs?: number } = {}): Api {
  const { authorization = null, timeoutMs = 10_000 } = options
  const ask: Api['ask'] = async <Body>(method: string, path: string, body?: unknown, headers = {}) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        // What a browser sends with every change; signing in is refused without it.
        origin: url,
        ...(authorization ? { authorization } : {}),
        ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      // The branch above has told text and bytes from what is to be JSON.
      body: body === undefined ? null : isRaw ? (body as string) : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    // Callers name the shape that the route promises; tests that doubt it check it.
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as Body, headers: response.headers }
  }
  return {
    url,
    authorization,
    as: (other) => createApi(url, { authorization: other, timeoutMs }),
    ask,
    async must<Body>(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
      const answer = await ask<Body>(method, path, body, headers)
      if (answer.status >= 200 && answer.status < 300) return answer.body
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body).slice(0, 500)}`)
    },
  }
}

/** Signs a person in and answers the API as them. */
export async function signIn(api: Api, email: string, password: string): Promise<Api & { personId: string }> {
  const session = await api.must<{ accessToken: string; person: { id: string } }>('POST', '/api/sessions', {
    email,
    password,
  })
  return { ...api.as(`Bearer ${session.accessToken}`), personId: session.person.id }
}
