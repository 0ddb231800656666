/** A text that stands nowhere else, so that its appearance proves that what holds it was sent. */
export type Secret = { name: string; token: string }

export const createSecret = (name: string): Secret => ({
  name,
  token: `zq${Buffer.from(crypto.getRandomValues(new Uint8Array(9))).toString('hex')}`,
})

/** Names of the secrets that the bytes hold: as they are, or as base64, hex or percent-encoded text; in either case. */
export function findSecrets(bytes: string, secrets: readonly Secret[]): string[] {
  const lower = bytes.toLowerCase()
  return secrets.filter(({ token }) => isIn(token, bytes, lower)).map(({ name }) => name)
}

function isIn(token: string, bytes: string, lower: string): boolean {
  const plain = Buffer.from(token)
  const hex = plain.toString('hex')
  const percent = [...plain].map((byte) => `%${byte.toString(16)}`).join('')
  if ([token, hex, percent].some((form) => lower.includes(form))) return true
  const escaped = [...plain].map((byte) => `\\u00${byte.toString(16)}`).join('')
  return lower.includes(escaped) || base64Forms(plain).some((form) => bytes.includes(form))
}

/** What base64 makes of the token at each of the three places it can start at, without the neighbours' bits. */
function base64Forms(plain: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), plain])
      .toString('base64')
      .replace(/=+$/, '')
    const first = offset === 0 ? 0 : offset + 1
    const whole = text.slice(first, text.length - 1)
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
