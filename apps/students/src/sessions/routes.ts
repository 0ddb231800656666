import { Elysia } from 'elysia'
import type { Deps } from '../deps'
import { createSignInCount } from '../metrics'
import {
  assertOwnOrigin,
  deviceCookie,
  noRefreshCookie,
  readDeviceToken,
  readRefreshToken,
  refreshCookie,
} from './cookies'
import { Credentials, Session } from './model'
import { refreshSession, signOut } from './refresh'
import { signIn } from './sign-in'

export const sessionRoutes = (deps: Deps) => {
  const count = createSignInCount(deps.service.metrics.registry)
  return new Elysia({ prefix: '/api/sessions', tags: ['sessions'] })
    .onBeforeHandle(({ request, set }) => {
      set.headers['cache-control'] = 'no-store'
      assertOwnOrigin(request, deps.origins)
    })
    .post(
      '',
      async ({ body, request, set }) => {
        const from = { address: addressOf(request), deviceToken: readDeviceToken(request) }
        const { session, refreshToken, deviceToken } = await count(signIn(deps, body, from))
        // A list makes one header each; Elysia's type for headers knows it under this name.
        set.headers['set-cookie'] = [refreshCookie(refreshToken), deviceCookie(deviceToken)]
        set.status = 201
        return session
      },
      {
        body: Credentials,
        response: { 201: Session },
        detail: {
          summary: 'Sign in',
          description: 'Sets the cookies `__Host-refresh` and `__Host-device`. Wait as `retry-after` says after a 429.',
        },
      },
    )
    .post(
      '/refresh',
      async ({ request, set }) => {
        const { session, refreshToken } = await refreshSession(deps, readRefreshToken(request))
        set.headers['set-cookie'] = refreshCookie(refreshToken)
        return session
      },
      { response: Session, detail: { summary: 'A new access token for the refresh cookie' } },
    )
    .delete(
      '/current',
      async ({ request, set }) => {
        await signOut(deps.db, readRefreshToken(request))
        set.headers['set-cookie'] = noRefreshCookie
        set.status = 204
      },
      { detail: { summary: 'Sign out on this device' } },
    )
}

/** The gateway strips what a client claims and writes the address it saw. */
const addressOf = (request: Request): string =>
  request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || 'unknown'
