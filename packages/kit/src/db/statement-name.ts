const byText = new Map<string, string>()
/** Of tagged templates, whose parts are the same object at each call. */
const byParts = new WeakMap<readonly string[], string>()
const maxTexts = 1_000

/**
 * What a statement does, by its words alone: `INSERT exams.answers`, `SELECT exams.attempts`. Of one with several parts the first
 * that writes, else the first table that is read. Never a value: `parts` are the texts between the values.
 */
export function nameStatement(parts: readonly string[]): string {
  const name = byParts.get(parts) ?? nameText(parts.join('?'))
  byParts.set(parts, name)
  return name
}

function nameText(text: string): string {
  const before = byText.get(text)
  if (before !== undefined) return before
  const name = readName(text)
  if (byText.size >= maxTexts) byText.clear()
  byText.set(text, name)
  return name
}

/** The operation of a name: `INSERT`. */
export const operationOf = (name: string): string => name.split(' ', 1)[0] ?? name

const table = String.raw`((?:"?\w+"?\.)?"?\w+"?)`
const writes = new RegExp(String.raw`\b(insert\s+into|update|delete\s+from)\s+(?:only\s+)?${table}`, 'i')
const reads = new RegExp(String.raw`\bfrom\s+(?!unnest|json_|jsonb_|generate_)${table}(?![\w"]|\s*\()`, 'i')

function readName(text: string): string {
  const [, first = ''] = /^\s*([a-z]+)/i.exec(text) ?? []
  const operation = first.toUpperCase()
  if (!['SELECT', 'WITH', 'INSERT', 'UPDATE', 'DELETE'].includes(operation)) return operation || 'STATEMENT'
  const [, verb = '', written = ''] = (operation === 'SELECT' ? null : writes.exec(text)) ?? []
  if (verb) return `${verb.split(/\s/, 1)[0]?.toUpperCase()} ${written.replaceAll('"', '')}`
  const [, read = ''] = reads.exec(text) ?? []
  return read ? `SELECT ${read.replaceAll('"', '')}` : 'SELECT'
}
