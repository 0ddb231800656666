import { emptyText, type RichText } from '@hourglass/questions/question'

/** Does a text hold HTML tags or character references, so that it reads differently as HTML than as it stands? */
export const looksLikeHtml = (text: string): boolean =>
  /<\/?[a-z][^<>]{0,4000}>|<!--|&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});/i.test(text)

export const richText = (format: RichText['format'], text: string): RichText =>
  text === '' ? emptyText : { format, text }

/** Moodle's own notation: HTML in which a line end is a line break. Without any HTML in it, it is plain text. */
export const moodleText = (text: string): RichText =>
  looksLikeHtml(text) ? richText('html', text.replaceAll('\n', '<br>\n')) : richText('plain', text)

const namedCharacters: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' }

/** The common character references of HTML as characters; others stay as they are. */
export function decodeCharacters(html: string): string {
  return html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name) return namedCharacters[String(name).toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : whole
  })
}

/** HTML as plain text: line breaks for blocks, no tags. Only for places that hold no markup; it makes nothing safe. */
export function htmlToText(html: string): string {
  const text = html
    .replace(/<br\s*\/?>\n?|<\/(?:p|div|li|tr|h[1-6])>\n?/gi, '\n')
    .replace(/<\/?[a-z!][^<>]{0,4000}>/gi, '')
  return decodeCharacters(text).trim()
}

/** A title for a question that has none: the beginning of its text. */
export function titleFrom(text: string): string {
  const [line = ''] = htmlToText(text.slice(0, 600)).trim().split('\n')
  const short = line.replace(/\s+/g, ' ').trim()
  return short.length > 80 ? `${short.slice(0, 79).trimEnd().toWellFormed()}…` : short
}

export function cutTitle(title: string, losses: string[]): string {
  if (title.length <= 400) return title
  losses.push('The title was longer than 400 characters; the rest of it is left out.')
  return title.slice(0, 400).toWellFormed().trimEnd()
}

/** Moodle's category path as a tag: `$course$/top/Algebra/Fractions` is `Algebra/Fractions`. Null for the top itself. */
export function tagFromCategory(path: string): string | null {
  const names = path.trim().replaceAll('//', '\u001f').split('/')
  const own = names.filter((name, index) => !/^\$[a-z0-9]+\$$/.test(name) && !(index <= 1 && name === 'top'))
  const tag = own.join('/').replaceAll('\u001f', '/').trim()
  return tag === '' ? null : tag
}

/** Tags without repetition, within what a question may have. */
export function keepTags(tags: readonly (string | null)[], losses: string[]): string[] {
  const kept = new Set<string>()
  for (const tag of tags) {
    const short = tag?.trim().slice(0, 80).toWellFormed().trim() ?? ''
    if (tag && tag.trim().length > 80) losses.push(`The tag “${short}…” was longer than 80 characters and is cut.`)
    if (short !== '') kept.add(short)
  }
  if (kept.size > 40) losses.push(`Of ${kept.size} tags the first 40 are kept.`)
  return [...kept].slice(0, 40)
}
