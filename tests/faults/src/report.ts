import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const page = join(import.meta.dir, '../../../docs/reliability.md')

type Table = 'scenarios' | 'plants'

/**
 * Writes what a run found into a table of docs/reliability.md, which stands between `<!-- name -->` and `<!-- /name -->`: a row that is
 * there is replaced by its newer form, and the rows come in the order of `names`. A row of which the run says nothing stays.
 * @param rows by name, the cells after the first
 */
export function writeRows(name: Table, names: readonly string[], rows: ReadonlyMap<string, readonly string[]>): void {
  const { text, from, to, head, line, old } = readTable(name)
  const lines = names.flatMap((each) => {
    const cells = rows.get(each)
    const row = cells ? `| ${[each, ...cells].join(' | ')} |` : old.get(each)
    return row === undefined ? [] : [row]
  })
  writeFileSync(page, `${text.slice(0, from)}\n${[head, line, ...lines].join('\n')}\n\n${text.slice(to)}`)
}

/** The names that have a row already. */
export const listRows = (name: Table): ReadonlySet<string> => new Set(readTable(name).old.keys())

function readTable(name: Table) {
  const text = readFileSync(page, 'utf8')
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`]
  const from = text.indexOf(begin) + begin.length
  const to = text.indexOf(end)
  if (to < from) throw new Error(`docs/reliability.md has no place for ${name}`)
  const [head = '', line = '', ...known] = text.slice(from, to).trim().split('\n')
  return { text, from, to, head, line, old: new Map(known.map((row) => [row.split('|')[1]?.trim() ?? '', row])) }
}
