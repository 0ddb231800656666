import { tagFromCategory } from '../texts'

/** The lines of one question without its comments, and what the comments and categories before it say. */
export type Block = { line: number; text: string; category: string | null; tags: string[]; idNumber: string | null }

type Draft = { line: number; lines: string[]; comments: string[] }

/**
 * Cuts a GIFT text into questions at blank lines, `$CATEGORY:` lines and, for a question whose `{` was never closed,
 * before the next question. A blank line inside an answer block that does close belongs to the question.
 */
export function* cutBlocks(text: string): Generator<Block> {
  const lines = text.split('\n')
  const braces = lines.map((line) => (isComment(line) ? '' : bareBraces(line)))
  const nextBrace = firstBraceFrom(braces)
  let category: string | null = null
  let draft: Draft = emptyDraft()
  let isOpen = false

  const close = (): Block[] => {
    const done = draft
    draft = emptyDraft()
    isOpen = false
    if (done.lines.length === 0) return []
    return [{ line: done.line, text: done.lines.join('\n'), category, ...readComments(done.comments) }]
  }

  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim()
    const goesOn = isOpen && nextBrace[index] === '}'
    if (trimmed === '') {
      if (!goesOn) yield* close()
    } else if (isComment(line)) draft.comments.push(trimmed)
    else if (trimmed.startsWith('$CATEGORY:')) {
      yield* close()
      category = tagFromCategory(unescapeGift(trimmed.slice('$CATEGORY:'.length)))
    } else {
      if (isOpen && !goesOn && trimmed.startsWith('::')) yield* close()
      if (draft.lines.length === 0) draft.line = index + 1
      draft.lines.push(line)
      for (const brace of braces[index] ?? '') isOpen = brace === '{'
    }
    if (trimmed === '' && goesOn) draft.lines.push('')
  }
  yield* close()
}

const emptyDraft = (): Draft => ({ line: 0, lines: [], comments: [] })
const isComment = (line: string) => /^\s*\/\//.test(line)

function bareBraces(line: string): string {
  if (!line.includes('{') && !line.includes('}')) return ''
  let found = ''
  for (let index = 0; index < line.length; index++) {
    const char = line[index]
    if (char === '\\') index++
    else if (char === '{' || char === '}') found += char
  }
  return found
}

/** For each line the first brace on it or after it. */
function firstBraceFrom(braces: readonly string[]): string[] {
  const next: string[] = new Array(braces.length)
  let nearest = ''
  for (let index = braces.length - 1; index >= 0; index--) {
    nearest = braces[index]?.[0] ?? nearest
    next[index] = nearest
  }
  return next
}

/** `// [id:x] [tag:y]`, where `\]` stands for a bracket (Moodle `qformat_gift`). */
function readComments(comments: readonly string[]): { tags: string[]; idNumber: string | null } {
  const marks = comments.flatMap((comment) => [...comment.matchAll(/\[(id|tag):((?:\\.|[^\]\\])+)\]/g)])
  const found = marks.map(([, name, value = '']) => ({ name, value: value.replace(/\\([\]\\])/g, '$1').trim() }))
  return {
    tags: found.flatMap(({ name, value }) => (name === 'tag' ? [value] : [])),
    idNumber: found.find(({ name }) => name === 'id')?.value ?? null,
  }
}

/** `\: \# \= \{ \} \~ \\` are the characters themselves, `\n` is a line end; any other `\` stays as it is. */
export const unescapeGift = (text: string): string =>
  text.includes('\\') ? text.replace(/\\([\\:~=#{}n])/g, (_, char) => (char === 'n' ? '\n' : char)) : text

export const escapeGift = (text: string): string =>
  text.replace(/[\\:~=#{}]/g, (char) => `\\${char}`).replaceAll('\n', '\\n')

/** The first place at or after `from` where one of `marks` stands unescaped; -1 when there is none. */
export function findBare(text: string, marks: string, from = 0): number {
  for (let index = from; index < text.length; index++) {
    const char = text[index]
    if (char === '\\') index++
    else if (char !== undefined && marks.includes(char)) return index
  }
  return -1
}
