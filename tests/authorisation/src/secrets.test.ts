import { expect, test } from 'bun:test'
import { createSecret, findSecrets } from './secrets'

const secret = createSecret('right answer')
const { token } = secret
const forms: [string, string][] = [
  ['as it is', `{"a":"${token}"}`],
  ['in capitals', token.toUpperCase()],
  ['in hex', Buffer.from(`xx${token}yy`).toString('hex')],
  ['percent-encoded', [...Buffer.from(token)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')],
  ['escaped in JSON', [...token].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')],
  ...[0, 1, 2, 3, 4].flatMap((offset): [string, string][] => {
    const around = Buffer.from(`${'~'.repeat(offset)}${token}~~?`)
    return [
      [`in base64 at ${offset}`, around.toString('base64')],
      [`in base64url at ${offset}`, around.toString('base64url')],
    ]
  }),
]

test.each(forms)('a secret is found %s', (_, bytes) => expect(findSecrets(bytes, [secret])).toEqual(['right answer']))

test('another secret is not', () => {
  for (const [, bytes] of forms) expect(findSecrets(bytes, [createSecret('other')])).toEqual([])
})
