import { deflateSync } from 'node:zlib'

/**
 * A picture for a question: the swing of a damped pendulum over time, as PNG (8-bit grey, PNG specification §11), drawn here
 * so that no binary file lies in the repository.
 */
export function drawSwing(width = 560, height = 240): Uint8Array {
  const pixels = new Uint8Array((width + 1) * height).fill(255)
  const put = (x: number, y: number, grey: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return
    // Each row begins with the byte of its filter, 0: none.
    const at = Math.round(y) * (width + 1) + 1 + Math.round(x)
    pixels[at] = Math.min(pixels[at] ?? 255, grey)
  }
  for (let row = 0; row < height; row++) pixels[row * (width + 1)] = 0
  const middle = height / 2
  for (let x = 20; x < width - 10; x++) put(x, middle, 120)
  for (let y = 12; y < height - 12; y++) put(20, y, 120)
  for (let step = 0; step < 6; step++) for (let y = -4; y <= 4; y++) put(20 + step * 100, middle + y, 60)
  for (let x = 20; x < width - 10; x += 0.1) {
    const seconds = (x - 20) / 100
    const y = middle - (height / 2 - 24) * Math.exp(-0.28 * seconds) * Math.cos(Math.PI * seconds)
    for (let thick = -1; thick <= 1; thick++) put(x, y + thick, 20)
  }
  return encodePng(width, height, pixels)
}

function encodePng(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits a sample, grey, and the only compression, filter and interlace methods that there are.
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(Bun.hash.crc32(body), body.length + 4)
  return framed
}
