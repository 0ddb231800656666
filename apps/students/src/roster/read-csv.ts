import { TooLargeError, UnprocessableError } from '@hourglass/kit/errors'
import Papa from 'papaparse'
import { maxRosterBytes, maxRosterRows } from './model'

export type RosterLine = { line: number; email: string; name: string; groups: string[] | null; role: string | null }

/** Spellings of a header that spreadsheets and student systems write, compared without case, spaces and punctuation. */
const headers = {
  email: ['email', 'mail', 'emailaddress', 'courriel', 'adressemail', 'البريدالإلكتروني'],
  name: ['name', 'fullname', 'displayname', 'nomcomplet', 'الاسم'],
  firstName: ['firstname', 'givenname', 'forename', 'prénom', 'prenom', 'vorname'],
  lastName: ['lastname', 'surname', 'familyname', 'nom', 'nachname'],
  groups: ['groups', 'group', 'groupe', 'groupes', 'section'],
  role: ['role', 'rôle'],
}
type Column = keyof typeof headers

/**
 * Reads a roster as people's programs write it: UTF-8 with or without a mark, UTF-16 as Excel's "Unicode text", separated by
 * comma, semicolon or tab. Throws a TooLargeError or an UnprocessableError; a bad row is the importer's to judge.
 */
export function readRoster(bytes: Uint8Array): RosterLine[] {
  if (bytes.byteLength > maxRosterBytes) throw new TooLargeError('too-large', 'A roster may have 1 MB at the most.')
  const text = decode(bytes)
  // Excel writes the separator that it used as a first line of its own.
  const body = text.replace(/^sep=.\r?\n/i, '')
  const skipped = body.length === text.length ? 0 : 1
  const { data } = Papa.parse<string[]>(body, { delimiter: separatorOf(body) })
  const [head, ...rows] = data
  const columns = readHeader(head ?? [])
  let nextLine = 1 + skipped + heightOf(head ?? [])
  const lines = rows.flatMap((cells): RosterLine[] => {
    const line = nextLine
    nextLine += heightOf(cells)
    if (cells.every((cell) => cell.trim() === '')) return []
    const cell = (column: Column): string => (cells[columns[column] ?? -1] ?? '').trim()
    const name = cell('name') || `${cell('firstName')} ${cell('lastName')}`.trim()
    const groups =
      columns.groups === undefined
        ? null
        : cell('groups')
            .split(/[,;|]/)
            .flatMap((group) => group.trim() || [])
    const role = columns.role === undefined ? null : cell('role').toLowerCase() || null
    return [{ line, email: cell('email'), name: unquoteFormula(name), groups, role }]
  })
  if (lines.length > maxRosterRows)
    throw new TooLargeError('too-many-rows', `A roster may have ${maxRosterRows} rows at the most.`)
  return lines
}

/** Lines of the file that a row takes: a quoted cell may hold line breaks. */
const heightOf = (cells: readonly string[]): number => 1 + (cells.join(' ').match(/\r\n|\r|\n/g)?.length ?? 0)

function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {}
  throw new UnprocessableError(
    'bad-encoding',
    'The file is not text in UTF-8. In Excel choose "CSV UTF-8" when you save it.',
  )
}

/** The one that the line of column names has most of; names themselves hold none. */
function separatorOf(text: string): string {
  const head = text.slice(0, 10_000).split(/[\r\n]/, 1)[0] ?? ''
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: head.split(mark).length }))
  return counted.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ','
}

function readHeader(cells: readonly string[]): Partial<Record<Column, number>> {
  const plain = cells.map((cell) => cell.toLowerCase().replace(/[\s\p{P}]/gu, ''))
  const columns: Partial<Record<Column, number>> = {}
  // The keys are those of the table above.
  for (const column of Object.keys(headers) as Column[]) {
    const index = plain.findIndex((cell) => headers[column].includes(cell))
    if (index >= 0) columns[column] = index
  }
  if (columns.email === undefined) {
    throw new UnprocessableError(
      'no-email-column',
      'The first line must name the columns, and one of them must be "email".',
      {
        found: cells.slice(0, 20),
      },
    )
  }
  return columns
}

/** The apostrophe that our own export puts before what a spreadsheet would take for a formula. */
const unquoteFormula = (text: string): string => text.replace(/^'(?=[=+\-@\t\r])/, '')
