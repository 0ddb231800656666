import type { RichText } from '@hourglass/questions/question'

/** What a reader would compare: without tags, spaces in one, ends cut. */
export function visibleText({ format, text }: RichText): string {
  const bare =
    format === 'html' ? text.replace(/<img\b[^>]*>/gi, (tag) => tag).replace(/<(?!img\b)[^>]*>/gi, ' ') : text
  return bare
    .replace(/&nbsp;/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** An image alone is something to see. */
export const isBlank = (text: RichText): boolean => visibleText(text) === ''

/** Values that occur more than once, each named once. */
export function repeatedIn(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(values.filter((value) => seen.has(value) || !seen.add(value)))]
}
