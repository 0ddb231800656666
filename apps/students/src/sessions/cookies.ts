import { ForbiddenError } from '@hourglass/kit/errors'

const refreshName = '__Host-refresh'
const deviceName = '__Host-device'
const flags = 'Path=/; HttpOnly; Secure; SameSite=Strict'
const refreshSeconds = 14 * 86_400
const deviceSeconds = 365 * 86_400

export const refreshCookie = (token: string): string => `${refreshName}=${token}; ${flags}; Max-Age=${refreshSeconds}`
export const deviceCookie = (token: string): string => `${deviceName}=${token}; ${flags}; Max-Age=${deviceSeconds}`
export const noRefreshCookie = `${refreshName}=; ${flags}; Max-Age=0`

export const readRefreshToken = (request: Request): string | null => readCookie(request, refreshName)
export const readDeviceToken = (request: Request): string | null => readCookie(request, deviceName)

/** Cookies act for the browser that holds them, so the page that asks must be ours. Browsers send Origin on every POST. */
export function assertOwnOrigin(request: Request, origins: readonly string[]): void {
  const origin = request.headers.get('origin')
  if (origin !== null && origins.includes(origin)) return
  throw new ForbiddenError('foreign-origin', 'This address answers only to the pages of this site.')
}

/** A secret of ours is 43 characters of base64url; anything else is nobody's. */
function readCookie(request: Request, name: string): string | null {
  const value = new Bun.CookieMap(request.headers.get('cookie') ?? '').get(name)
  return value && /^[\w-]{43}$/.test(value) ? value : null
}
