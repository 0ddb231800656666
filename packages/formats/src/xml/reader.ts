import { ImportError } from '../errors'
import { maxXmlDepth, maxXmlElements } from '../limits'
import { Refusal } from '../report'

export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string }

/** One outermost element of the wanted name; `read` throws a Refusal when it is malformed. */
export type Found = { line: number; read: () => Element }

/**
 * Finds the elements called `name`, each read by itself: after a malformed one the search goes on at the next.
 * Reads no DTD, no entities but the five of XML and character numbers, and nothing outside the text. Time and memory
 * are proportional to the text.
 * @throws ImportError for a DOCTYPE: it is what entity bombs and external references need.
 */
export function* findElements(text: string, name: string): Generator<Found> {
  if (declaresTypes(text)) {
    throw new ImportError('import-unsafe-xml', 'The XML declares a DOCTYPE or entities; a question file needs neither.')
  }
  const find = createFinder(text)
  let line = 1
  let counted = 0
  let at = 0
  for (;;) {
    const start = find(`<${name}`, at)
    if (start === none) return
    const comment = find('<!--', at)
    const commentEnd = comment < start ? find('-->', comment) : none
    if (commentEnd !== none) {
      at = commentEnd + 3
      continue
    }
    at = start + name.length + 1
    if (/[\w.:-]/.test(text[at] ?? '')) continue
    line += countLines(find, counted, start)
    counted = start
    const outcome = readElement(text, start, name, find)
    // After a fault: the next beginning, but not one that lies inside what was already read.
    at = Math.max(at, outcome.end)
    yield {
      line,
      read: () => {
        if (outcome.fault !== null) throw new Refusal(outcome.fault)
        return outcome.element
      },
    }
  }
}

const none = Number.POSITIVE_INFINITY
type Find = (needle: string, from: number) => number

/** `indexOf` that remembers, so that asking for what comes late or never stays linear over the whole text. */
function createFinder(text: string): Find {
  const known = new Map<string, { from: number; at: number }>()
  return (needle, from) => {
    const last = known.get(needle)
    if (last && last.from <= from && from <= last.at) return last.at
    const index = text.indexOf(needle, from)
    const at = index < 0 ? none : index
    known.set(needle, { from, at })
    return at
  }
}

/** Is there a `<!DOCTYPE` or `<!ENTITY` that is not the text of a comment or of CDATA? */
function declaresTypes(text: string): boolean {
  for (let at = text.indexOf('<!'); at >= 0; at = text.indexOf('<!', at + 2)) {
    if (/^<!(DOCTYPE|ENTITY)/i.test(text.slice(at, at + 9))) return true
    const close = text.startsWith('<![CDATA[', at) ? ']]>' : text.startsWith('<!--', at) ? '-->' : null
    if (close) at = text.indexOf(close, at)
    if (at < 0) return false
  }
  return false
}

function countLines(find: Find, from: number, to: number): number {
  let lines = 0
  for (let at = find('\n', from); at < to; at = find('\n', at + 1)) lines++
  return lines
}

type Outcome = { fault: null; element: Element; end: number } | { fault: string; end: number }

function readElement(text: string, start: number, name: string, find: Find): Outcome {
  const stack: Element[] = []
  let elements = 0
  let at = start
  for (;;) {
    const open = text.indexOf('<', at)
    const top = stack.at(-1)
    const endOfFile = { fault: `The file ends inside <${top?.name ?? name}>.`, end: at }
    if (open < 0) return endOfFile
    if (top && open > at) {
      const decoded = decodeXml(text.slice(at, open))
      if (decoded === null) return { fault: impossibleCharacter, end: open }
      top.text += decoded
    }
    const skipped = skipSpecial(text, open, find)
    if (skipped) {
      if (skipped.end === none) return { ...endOfFile, end: open + 1 }
      if (find(`<${name} type=`, open) < skipped.end) {
        return { fault: `A CDATA section or a comment in <${top?.name ?? name}> is not closed.`, end: open + 1 }
      }
      if (top) top.text += skipped.text
      at = skipped.end
      continue
    }
    const tag = readTag(text, open)
    if (!tag)
      return { fault: `The XML is malformed after <${top?.name ?? name}>: “${shorten(text, open)}”.`, end: open + 1 }
    at = tag.end
    if (tag.isClosing) {
      if (tag.name !== top?.name) return { fault: `</${tag.name}> closes <${top?.name ?? name}>.`, end: open }
      stack.pop()
      if (stack.length === 0) return { fault: null, element: top, end: at }
      continue
    }
    if (top && tag.name === name) return { fault: `<${top.name}> is not closed before the next <${name}>.`, end: open }
    if (stack.length >= maxXmlDepth) return { fault: `The elements lie more than ${maxXmlDepth} deep.`, end: at }
    if (tag.attributes === null) return { fault: impossibleCharacter, end: at }
    if (++elements > maxXmlElements) return { fault: `It has more than ${maxXmlElements} elements.`, end: at }
    const element: Element = { name: tag.name, attributes: tag.attributes, children: [], text: '' }
    top?.children.push(element)
    if (!tag.isEmpty) stack.push(element)
    else if (!top) return { fault: null, element, end: at }
  }
}

const impossibleCharacter = 'It holds a character number that stands for no character.'
const shorten = (text: string, at: number) =>
  text
    .slice(at, at + 40)
    .replace(/\s+/g, ' ')
    .toWellFormed()

/** Comments and processing instructions say nothing; CDATA is text as it stands. */
function skipSpecial(text: string, open: number, find: Find): { text: string; end: number } | null {
  const rules = [
    ['<![CDATA[', ']]>'],
    ['<!--', '-->'],
    ['<?', '?>'],
  ] as const
  const rule = rules.find(([begin]) => text.startsWith(begin, open))
  if (!rule) return null
  const [begin, close] = rule
  const end = find(close, open + begin.length)
  if (end === none) return { text: '', end }
  return { text: begin === '<![CDATA[' ? text.slice(open + begin.length, end) : '', end: end + close.length }
}

function readTag(text: string, open: number) {
  const head = /<(\/?)([A-Za-z_][\w.:-]{0,99})/y
  head.lastIndex = open
  const [whole, slash, name] = head.exec(text) ?? []
  if (whole === undefined || name === undefined) return null
  let at = open + whole.length
  const pairs: [string, string | null][] = []
  const attribute = /\s+([A-Za-z_][\w.:-]{0,99})\s*=\s*("[^"<]*"|'[^'<]*')/y
  for (attribute.lastIndex = at; pairs.length < 100; at = attribute.lastIndex) {
    const [, key, value] = attribute.exec(text) ?? []
    if (key === undefined || value === undefined) break
    pairs.push([key, decodeXml(value.slice(1, -1))])
  }
  const tail = /\s*(\/?)>/y
  tail.lastIndex = at
  const close = tail.exec(text)
  if (!close) return null
  const known = pairs.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))
  const attributes = known.length < pairs.length ? null : Object.fromEntries(known)
  return { name, isClosing: slash === '/', isEmpty: close[1] === '/', attributes, end: at + close[0].length }
}

const five: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Null when a number stands for no character of XML. An unknown name stays as it is: HTML may know it. */
function decodeXml(text: string): string | null {
  if (!text.includes('&')) return text
  let isGood = true
  const decoded = text.replace(/&(?:#(\d{1,9})|#x([0-9a-fA-F]{1,8})|(\w{2,6}));/g, (whole, decimal, hex, name) => {
    if (name) return Object.hasOwn(five, name) ? (five[name] ?? whole) : whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff)
    if (!isCharacter || (code >= 0xd800 && code <= 0xdfff)) isGood = false
    return isGood ? String.fromCodePoint(code) : ''
  })
  return isGood ? decoded : null
}
