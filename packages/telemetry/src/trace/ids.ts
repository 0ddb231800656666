const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const pool = new Uint8Array(4_096)
let used = pool.length

/** Random hexadecimal digits for so many bytes, from a pool: asking the system for each would cost ten times as much. */
function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  let text = ''
  for (const end = used + bytes; used < end; used++) text += hex[pool[used] ?? 0]
  return text
}

export const newTraceId = (): string => randomHex(16)
export const newSpanId = (): string => randomHex(8)
