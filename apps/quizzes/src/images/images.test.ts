import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Client, createAppUnderTest } from '../app-under-test'
import { sniffImage } from './sniff'

let under: Awaited<ReturnType<typeof createAppUnderTest>>
let ada: Client
beforeAll(async () => {
  under = await createAppUnderTest()
  ada = await under.signIn('teacher')
})
afterAll(() => under.close())

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const pngOf = (widthPixels: number, heightPixels: number) => {
  const hex = (value: number) => value.toString(16).padStart(8, '0')
  return bytesOf(`89504e47 0d0a1a0a 0000000d 49484452 ${hex(widthPixels)} ${hex(heightPixels)} 0806000000`)
}
const post = (bytes: Uint8Array | string) => ada.send('POST', '/api/images', bytes, { 'content-type': 'image/png' })

test('an image is stored under the digest of its bytes and served to anybody, for ever and harmlessly', async () => {
  const png = pngOf(3, 2)
  const stored = await post(png)
  expect(stored.status).toBe(201)
  const digest = new Bun.CryptoHasher('sha256').update(png).digest('hex')
  const image = {
    digest,
    url: `/api/images/${digest}`,
    type: 'image/png',
    widthPixels: 3,
    heightPixels: 2,
    sizeBytes: 29,
  }
  expect(await stored.json()).toEqual(image)
  expect((await post(png)).status).toBe(201)
  const served = await under.app.handle(new Request(`http://localhost${image.url}`))
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(png)
  expect(Object.fromEntries(served.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  const again = new Request(`http://localhost${image.url}`, { headers: { 'if-none-match': `"${digest}"` } })
  expect((await under.app.handle(again)).status).toBe(304)
  expect((await under.app.handle(new Request(`http://localhost/api/images/${'0'.repeat(64)}`))).status).toBe(404)
})

test.each<[string, number, Uint8Array | string]>([
  ['an SVG drawing', 415, '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['a page that says it is a PNG', 415, '<!doctype html><script>alert(1)</script>'],
  ['a header that ends early', 415, pngOf(3, 2).slice(0, 18)],
  ['a picture without size', 415, pngOf(0, 2)],
  ['pixels that would fill the memory of a browser', 422, pngOf(60_000, 60_000)],
  ['more than 5 MB', 413, Buffer.concat([pngOf(1, 1), new Uint8Array(5 * 1024 * 1024)])],
  ['nothing', 400, ''],
])('%s is refused', async (_, status, bytes) => {
  expect((await post(bytes)).status).toBe(status)
})

test('a body that hides its size is cut at the limit', async () => {
  let sentBytes = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sentBytes += 65_536
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const authorization = await under.authorise('teacher')
  const request = new Request('http://localhost/api/images', {
    method: 'POST',
    headers: { authorization },
    body: endless,
  })
  expect((await under.app.handle(request)).status).toBe(413)
  expect(sentBytes).toBeLessThan(6 * 1024 * 1024)
})

test.each<[string, string, object]>([
  ['GIF', '474946383961 0a00 0b00 00', { type: 'image/gif', widthPixels: 10, heightPixels: 11 }],
  ['JPEG', 'ffd8 ffe0 0004 0000 ffff c2 0011 08 0009 0008 03', { type: 'image/jpeg', widthPixels: 8, heightPixels: 9 }],
  [
    'WebP, extended',
    '52494646 00000000 57454250 56503858 0a000000 00000000 630000 c70000',
    { type: 'image/webp', widthPixels: 100, heightPixels: 200 },
  ],
  [
    'WebP, lossless',
    '52494646 00000000 57454250 5650384c 05000000 2f 63c03100',
    { type: 'image/webp', widthPixels: 100, heightPixels: 200 },
  ],
  [
    'WebP, lossy',
    '52494646 00000000 57454250 56503820 05000000 000000 9d012a 6400 c800',
    { type: 'image/webp', widthPixels: 100, heightPixels: 200 },
  ],
])('%s tells its dimensions', (_, hex, shape) => {
  expect(sniffImage(bytesOf(hex))).toEqual(shape as ReturnType<typeof sniffImage>)
})
