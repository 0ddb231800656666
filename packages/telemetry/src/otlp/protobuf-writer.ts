const utf8 = new TextEncoder()

/** Writes protobuf's wire format into one growing buffer. */
export class ProtobufWriter {
  #bytes = new Uint8Array(16_384)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  /** A message within: its length is written once it is known. */
  message(field: number, write: () => void): void {
    this.#tag(field, 2)
    const start = this.#length
    // Most are shorter than 128 bytes, so one byte is kept free for the length; others are moved.
    this.#room(1)
    this.#length++
    write()
    const size = this.#length - start - 1
    const needed = size < 0x80 ? 1 : size < 0x4000 ? 2 : size < 0x20_0000 ? 3 : size < 0x1000_0000 ? 4 : 5
    if (needed > 1) {
      this.#room(needed)
      this.#bytes.copyWithin(start + needed, start + 1, this.#length)
    }
    this.#length = start
    this.#varint(size)
    this.#length += size
  }

  text(field: number, value: string): void {
    this.#tag(field, 2)
    this.#room(value.length * 3 + 10)
    const start = this.#length
    // Nearly all is ASCII, whose length is known beforehand: much faster than the encoder for a few letters.
    this.#varint(value.length)
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      if (code > 0x7f) {
        this.#length = start
        this.#otherText(value)
        return
      }
      this.#bytes[this.#length++] = code
    }
  }

  #otherText(value: string): void {
    const bytes = utf8.encode(value)
    this.#varint(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Bytes given as lower-case hexadecimal digits. */
  hex(field: number, digits: string): void {
    const size = digits.length >> 1
    this.#tag(field, 2)
    this.#room(size + 5)
    this.#varint(size)
    for (let index = 0; index < size; index++) {
      this.#bytes[this.#length++] = (nibbleAt(digits, index * 2) << 4) | nibbleAt(digits, index * 2 + 1)
    }
  }

  /** @param value a whole number from 0 to 2^53 */
  uint(field: number, value: number): void {
    this.#tag(field, 0)
    this.#room(10)
    this.#varint(value)
  }

  /** @param value any safe whole number; below 0 in ten bytes, as int64 has it */
  int(field: number, value: number): void {
    if (value >= 0) {
      this.uint(field, value)
      return
    }
    this.#tag(field, 0)
    this.#room(10)
    let left = BigInt.asUintN(64, BigInt(value))
    for (; left >= 0x80n; left >>= 7n) this.#bytes[this.#length++] = Number(left & 0x7fn) | 0x80
    this.#bytes[this.#length++] = Number(left)
  }

  double(field: number, value: number): void {
    this.#tag(field, 1)
    this.#room(8)
    this.#view.setFloat64(this.#length, value, true)
    this.#length += 8
  }

  /** @param value a whole number from 0 to 2^53, of which the thousandfold is written: nanoseconds of microseconds */
  fixed64Thousands(field: number, value: number): void {
    this.#tag(field, 1)
    this.#room(8)
    // In two halves, since the product has more digits than a number holds.
    const [high, low] = [Math.floor(value / 2 ** 26) * 1_000, (value % 2 ** 26) * 1_000]
    const lower = (high % 64) * 2 ** 26 + low
    this.#view.setUint32(this.#length, lower % 2 ** 32, true)
    this.#view.setUint32(this.#length + 4, Math.floor(high / 64) + Math.floor(lower / 2 ** 32), true)
    this.#length += 8
  }

  fixed32(field: number, value: number): void {
    this.#tag(field, 5)
    this.#room(4)
    this.#view.setUint32(this.#length, value, true)
    this.#length += 4
  }

  #tag(field: number, wireType: number): void {
    this.#room(5)
    this.#varint((field << 3) | wireType)
  }

  #varint(value: number): void {
    let left = value
    while (left >= 0x80) {
      this.#bytes[this.#length++] = (left % 0x80) | 0x80
      left = Math.floor(left / 0x80)
    }
    this.#bytes[this.#length++] = left
  }

  #room(size: number): void {
    if (this.#length + size <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + size))
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}

const nibbleAt = (digits: string, index: number): number => {
  const code = digits.charCodeAt(index)
  return code >= 0x61 ? code - 0x57 : code - 0x30
}
