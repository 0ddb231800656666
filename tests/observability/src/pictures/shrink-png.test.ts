import { expect, test } from 'bun:test'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { shrinkPng } from './shrink-png'

const [red, white, blue] = [
  [200, 0, 0],
  [255, 255, 255],
  [0, 0, 200],
]

function chunk(name: string, data: Buffer): Buffer {
  const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const
  const body = Buffer.concat([Buffer.from(name), data])
  ends[0].writeUInt32BE(data.length)
  ends[1].writeUInt32BE(crc32(body))
  return Buffer.concat([ends[0], body, ends[1]])
}

/** Of two rows of two pixels: red and white, then red and blue, each row filtered as given. */
function pngOf(first: number[], second: number[]): Buffer {
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0])
  const data = deflateSync(Buffer.from([...first, ...second].map((byte) => byte & 0xff)))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function coloursOf(png: Uint8Array): (number[] | undefined)[] {
  const bytes = Buffer.from(png)
  const at = (name: string) => {
    const from = bytes.indexOf(name)
    return bytes.subarray(from + 4, from + 4 + bytes.readUInt32BE(from - 4))
  }
  const table = at('PLTE')
  const [, a = 0, b = 0, , c = 0, d = 0] = inflateSync(at('IDAT'))
  return [a, b, c, d].map((index) => [...table.subarray(index * 3, index * 3 + 3)])
}

test.each([
  ['plainly', pngOf([0, 200, 0, 0, 255, 255, 255], [0, 200, 0, 0, 0, 0, 200])],
  ['by what stands left and above', pngOf([1, 200, 0, 0, 55, 255, 255], [2, 0, 0, 0, -255, -255, -55])],
  ['by the mean and the nearest', pngOf([3, 200, 0, 0, 155, 255, 255], [4, 0, 0, 0, -255, -255, -55])],
])('a picture that is written %s has its colours still', (_, png) => {
  expect(coloursOf(shrinkPng(png))).toEqual([red, white, red, blue])
})

test('with fewer colours each pixel has the nearest', () => {
  const png = pngOf([0, 200, 0, 0, 255, 255, 255], [0, 201, 0, 0, 200, 0, 0])
  expect(coloursOf(shrinkPng(png, 2))).toEqual([red, white, red, red])
})
