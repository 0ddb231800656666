import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * The same picture with `colours` colours at the most, some tenth as large: Chromium writes three bytes for each pixel and packs them
 * fast, not small. Takes what it writes: 8 bits a channel, no interlacing.
 */
export function shrinkPng(png: Uint8Array, colours = 48): Uint8Array {
  const { width, height, pixels } = readPixels(Buffer.from(png))
  const palette = chooseColours(pixels, colours)
  const nearest = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = pixels[y * width + x] ?? 0
      let index = nearest.get(colour)
      if (index === undefined) {
        index = nearestOf(colour, palette)
        nearest.set(colour, index)
      }
      rows[y * (width + 1) + 1 + x] = index
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // 8 bits, by palette.
  head.set([8, 3, 0, 0, 0], 8)
  const table = Buffer.from(palette.flatMap(partsOf))
  const chunks = [chunk('IHDR', head), chunk('PLTE', table), chunk('IDAT', deflateSync(rows, { level: 9 }))]
  return Buffer.concat([signature, ...chunks, chunk('IEND', Buffer.alloc(0))])
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Pixels as numbers `0xrrggbb`. The format: https://www.w3.org/TR/png-3/ */
function readPixels(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const packed: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(png.subarray(at + 8, at + 8 + size))
    at += 12 + size
  }
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const channels = { 2: 3, 6: 4 }[png[25] ?? 0]
  if (png[24] !== 8 || !channels || png[28] !== 0) throw new Error('a PNG of another kind than Chromium writes')
  const bytes = inflateSync(Buffer.concat(packed))
  const stride = width * channels
  const pixels = new Uint32Array(width * height)
  let above = Buffer.alloc(stride)
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1)
    const row = bytes.subarray(from + 1, from + 1 + stride)
    undoFilter(bytes[from] ?? 0, row, above, channels)
    for (let x = 0; x < width; x++) pixels[y * width + x] = row.readUIntBE(x * channels, 3)
    above = row
  }
  return { width, height, pixels }
}

function undoFilter(filter: number, row: Buffer, above: Buffer, channels: number): void {
  for (let at = 0; at < row.length; at++) {
    const left = at < channels ? 0 : (row[at - channels] ?? 0)
    const up = above[at] ?? 0
    const corner = at < channels ? 0 : (above[at - channels] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    row[at] = ((row[at] ?? 0) + guess) & 0xff
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [byLeft, byUp, byCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

const partsOf = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]

function distance(one: number, other: number): number {
  const [[r, g, b], [red, green, blue]] = [partsOf(one), partsOf(other)]
  return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2
}

const nearestOf = (colour: number, palette: readonly number[]): number =>
  palette.reduce(
    (best, each, index) => (distance(each, colour) < distance(palette[best] ?? 0, colour) ? index : best),
    0,
  )

/** Those of the great areas; then the commonest, each so far from those before it that the eye tells them apart, ever nearer. */
function chooseColours(pixels: Uint32Array, count: number): number[] {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const common = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour)
  const chosen = common.slice(0, Math.floor(count / 4))
  for (const apart of [40, 24, 12, 4]) {
    for (const colour of common.slice(0, 4_000)) {
      if (chosen.length >= count) return chosen
      if (chosen.every((each) => distance(each, colour) >= apart ** 2)) chosen.push(colour)
    }
  }
  return chosen
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}
