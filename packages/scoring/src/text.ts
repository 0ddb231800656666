/** Unicode NFKC, no soft hyphens or zero-width marks, one space for each run of white space, ends trimmed. */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Does an answer fit an accepted pattern? `*` stands for any run of characters, `\*` for a star (Moodle's short answer).
 * Works in time proportional to the two lengths, whatever the pattern: no regular expression that an author could make explode.
 */
export function matchesPattern(answer: string, pattern: string, caseSensitive: boolean): boolean {
  const fold = (text: string) => (caseSensitive ? normaliseText(text) : normaliseText(text).toLowerCase())
  const text = fold(answer)
  const parts = splitAtStars(fold(pattern))
  const [first = '', ...rest] = parts
  if (rest.length === 0) return text === first
  const last = rest.pop() ?? ''
  if (!text.startsWith(first)) return false
  let from = first.length
  for (const part of rest) {
    const found = text.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}

function splitAtStars(pattern: string): string[] {
  const parts: string[] = []
  let part = ''
  for (let index = 0; index < pattern.length; index++) {
    const isEscapedStar = pattern.startsWith('\\*', index)
    if (isEscapedStar) index++
    if (pattern[index] === '*' && !isEscapedStar) {
      parts.push(part)
      part = ''
    } else part += pattern[index]
  }
  return [...parts, part]
}
