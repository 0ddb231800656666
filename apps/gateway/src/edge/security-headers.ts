export type SecurityOptions = { isHttps: boolean; corsOrigins: readonly string[] }

const common = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

const pagePolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
}

/** What a kind of answer may load. `dev-page` is the page of the development server, which puts styles into the page. */
export const contentPolicies = {
  data: policyText({
    'default-src': "'none'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  }),
  page: policyText(pagePolicy),
  // The icons of the API page's own style sheet are data addresses.
  docs: policyText({ ...pagePolicy, 'img-src': "'self' data:" }),
  'dev-page': policyText({ ...pagePolicy, 'style-src': "'self' 'unsafe-inline'", 'connect-src': "'self' ws: wss:" }),
}
export type ContentKind = keyof typeof contentPolicies

function policyText(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

/** Sets the headers that every answer carries, errors included. */
export function secure(headers: Headers, kind: ContentKind, { isHttps }: SecurityOptions): void {
  for (const [name, value] of Object.entries(common)) headers.set(name, value)
  headers.set('content-security-policy', contentPolicies[kind])
  if (isHttps) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
  headers.delete('server')
  headers.delete('x-powered-by')
}

const corsHeaders = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, x-request-id',
  'access-control-max-age': '600',
}

/** Lets listed origins read answers; without credentials, since identity is a header that no browser adds by itself. */
export function allowOrigin(headers: Headers, origin: string | null, { corsOrigins }: SecurityOptions): void {
  if (corsOrigins.length > 0) headers.append('vary', 'origin')
  if (origin === null || !corsOrigins.includes(origin)) return
  headers.set('access-control-allow-origin', origin)
  headers.set('access-control-expose-headers', 'x-request-id, retry-after')
  headers.set('cross-origin-resource-policy', 'cross-origin')
}

/** The answer to a preflight: 204, with permission only for a listed origin. */
export function preflight(origin: string | null, options: SecurityOptions): Response {
  const isListed = origin !== null && options.corsOrigins.includes(origin)
  return new Response(null, { status: 204, headers: isListed ? corsHeaders : {} })
}
