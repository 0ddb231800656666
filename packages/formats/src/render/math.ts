import sanitize from 'sanitize-html'
import temml from 'temml'
import { decodeCharacters } from '../texts'

/** A formula longer than this stays as source: nobody can read it, and its cost has no use. */
const maxFormulaLength = 8_000

const tags = (
  'math annotation maction menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ' +
  'ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics'
).split(' ')
const attributes = (
  'accent accentunder class columnalign columnlines columnspacing columnspan depth dir display displaystyle encoding ' +
  'fence form height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize ' +
  'movablelimits notation rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width xmlns'
).split(' ')

/** TeX as MathML, or null when it cannot be read. No links, no classes of the author's and no styles come out of it. */
export function renderFormula(tex: string, displayMode: boolean): string | null {
  if (tex.length > maxFormulaLength || tex.trim() === '') return null
  try {
    const mathml = temml.renderToString(tex, {
      displayMode,
      throwOnError: true,
      trust: false,
      maxExpand: 500,
      strict: false,
    })
    return sanitize(mathml, { allowedTags: tags, allowedAttributes: { '*': attributes } })
  } catch {
    return null
  }
}

export type Formula = { tex: string; isBlock: boolean; end: number }

const delimiters = [
  ['\\(', '\\)', false],
  ['\\[', '\\]', true],
  ['$$', '$$', true],
] as const

/** The formula that begins at `at`, if one does and it is closed within its limit. */
export function readFormula(text: string, at: number): Formula | null {
  const rule = delimiters.find(([begin]) => text.startsWith(begin, at))
  if (!rule) return null
  const [begin, close, isBlock] = rule
  const window = text.slice(at + begin.length, at + begin.length + maxFormulaLength + close.length)
  const end = window.indexOf(close)
  if (end <= 0) return null
  return { tex: window.slice(0, end), isBlock, end: at + begin.length + end + close.length }
}

/** The formulas in the text of an HTML source, each replaced by what `replace` makes of it; tags and code are left alone. */
export function replaceFormulas(html: string, replace: (formula: Formula) => string | null): string {
  if (!/\\[([]|\$\$/.test(html)) return html
  const skip = createSkipper(html)
  let result = ''
  let at = 0
  while (at < html.length) {
    const next = nextOf(html, at)
    result += html.slice(at, next)
    if (next >= html.length) break
    const skipped = html[next] === '<' ? skip(next) : next
    if (skipped > next) {
      result += html.slice(next, skipped)
      at = skipped
      continue
    }
    const formula = readFormula(html, next)
    const replaced = formula && toSource(formula)
    const made = replaced && replace(replaced)
    result += made ?? html[next]
    at = made && formula ? formula.end : next + 1
  }
  return result
}

function nextOf(html: string, from: number): number {
  const place = /[<\\$]/g
  place.lastIndex = from
  return place.exec(html)?.index ?? html.length
}

/** In HTML a formula's `<` is `&lt;` and a line break may have crept in; other tags in it mean that it is none. */
function toSource(formula: Formula): Formula | null {
  const tex = formula.tex.replace(/<br\s*\/?>/gi, ' ')
  return /<\/?[a-z]/i.test(tex) ? null : { ...formula, tex: decodeCharacters(tex) }
}

/** Where a tag, a comment or a whole element of code that begins at `<` ends; never searches in vain twice. */
function createSkipper(html: string): (at: number) => number {
  const lower = html.toLowerCase()
  const missing = new Set<string>()
  const endOf = (needle: string, from: number): number => {
    if (missing.has(needle)) return -1
    const found = lower.indexOf(needle, from)
    if (found < 0) missing.add(needle)
    return found < 0 ? -1 : found + needle.length
  }
  return (at) => {
    if (lower.startsWith('<!--', at)) return Math.max(endOf('-->', at), at)
    const code = /^<(pre|code|script|style|textarea)[\s>]/.exec(lower.slice(at, at + 12))
    const end = code ? endOf(`</${code[1]}>`, at) : -1
    if (end > 0) return end
    return /^<[/a-z!?]/.test(lower.slice(at, at + 2)) ? Math.max(endOf('>', at), at) : at
  }
}
