/** A repeatable source of numbers in [0, 1) from a seed text (xmur3 into mulberry32, both public domain). */
export function createRandom(seed: string): () => number {
  let state = 1779033703 ^ seed.length
  for (let index = 0; index < seed.length; index++) {
    state = Math.imul(state ^ seed.charCodeAt(index), 3432918353)
    state = (state << 13) | (state >>> 19)
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A new array in an order that depends on the seed alone (Fisher–Yates), so that a reload or a regrade sees the same. */
export function shuffleBySeed<T>(items: readonly T[], seed: string): T[] {
  const random = createRandom(seed)
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    const [held, other] = [result[last], result[pick]]
    if (held === undefined || other === undefined) continue
    result[last] = other
    result[pick] = held
  }
  return result
}
