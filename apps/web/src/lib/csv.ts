/** Rows as a CSV that spreadsheets read: CRLF, a byte order mark, and nothing that one would run as a formula (OWASP, CSV injection). */
export const toCsv = (rows: readonly (readonly string[])[]): Blob =>
  new Blob(['\uFEFF', rows.map((row) => row.map(toCell).join(',')).join('\r\n'), '\r\n'], { type: 'text/csv' })

function toCell(text: string): string {
  const isFormula = /^\s*[=+\-@＝＋－＠\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)
  const safe = isFormula ? `'${text}` : text
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
