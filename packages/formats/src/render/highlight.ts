import hljs from 'highlight.js/lib/common'

/** Code as HTML with the classes of highlight.js, or null when the language is unknown. The code is escaped in it. */
export function highlightCode(code: string, language: string): string | null {
  if (code.length > 50_000 || !hljs.getLanguage(language)) return null
  return hljs.highlight(code, { language, ignoreIllegals: true }).value
}
