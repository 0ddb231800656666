import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const page = join(import.meta.dir, '../../../docs/reliability.md')

type Table = 'scenarios' | 'plants'

/**
 * Writes what a run found into a table of docs/reliability.md, which stands between `<!-- name -->` and `<!-- /name -->`, as soon as it is
 * found: a row that is there is replaced by its newer form, and the rows come in the order of `names`.
 * @param cells those after the name
 */
export function writeRow(table: Table, names: readonly string[], name: string, cells: readonly string[]): void {
  const { text, from, to, head, old } = readTable(table)
  const rows = new Map(old).set(name, [name, ...cells])
  const ordered = [head, ...names.flatMap((each) => (rows.has(each) ? [rows.get(each) ?? []] : []))]
  const widths = head.map((_, column) => Math.max(...ordered.map((row) => row[column]?.length ?? 0)))
  const [first = '', ...rest] = ordered.map((row) =>
    toLine(widths.map((width, column) => (row[column] ?? '').padEnd(width))),
  )
  const lines = [first, toLine(widths.map((width) => '-'.repeat(width))), ...rest]
  writeFileSync(page, `${text.slice(0, from)}\n${lines.join('\n')}\n\n${text.slice(to)}`)
}

/** The names that have a result already. */
export const listRows = (table: Table): ReadonlySet<string> =>
  new Set([...readTable(table).old].flatMap(([name, cells]) => (cells.includes('–') ? [] : [name])))

function readTable(table: Table) {
  const text = readFileSync(page, 'utf8')
  const [begin, end] = [`<!-- ${table} -->\n`, `<!-- /${table} -->`]
  const from = text.indexOf(begin) + begin.length
  const to = text.indexOf(end)
  if (to < from) throw new Error(`docs/reliability.md has no place for ${table}`)
  const [head = [], _line, ...known] = text.slice(from, to).trim().split('\n').map(toCells)
  return { text, from, to, head, old: new Map(known.map((row) => [row[0] ?? '', row])) }
}

const toLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const toCells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
