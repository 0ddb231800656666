/**
 * JSON with sorted keys and no spaces, so that equal values have equal bytes (RFC 8785 for the values that we store:
 * strings, booleans, null, safe integers, arrays and plain objects). Throws on anything that JSON cannot say exactly.
 */
export function toCanonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}; write decimals as text`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(toCanonicalJson).join(',')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${toCanonicalJson(member)}`).join(',')}}`
  }
  throw new TypeError(`cannot be written as JSON: ${typeof value}`)
}

/** SHA-256 of the canonical JSON, in lower-case hex. Names a version, a paper, a key and a sealed snapshot. */
export async function digestOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(toCanonicalJson(value))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
