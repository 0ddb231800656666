/**
 * A CSV file that spreadsheets open as it is meant: a byte order mark, or Excel reads UTF-8 wrongly, and an apostrophe before
 * what they would run as a formula (OWASP, "CSV Injection").
 */
export function writeCsv(rows: readonly (readonly string[])[]): Blob {
  const text = rows.map((cells) => cells.map(writeCell).join(',')).join('\r\n')
  return new Blob([`\ufeff${text}\r\n`], { type: 'text/csv;charset=utf-8' })
}

function writeCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
