import { parseAiken } from './aiken'
import { decodeText } from './decode'
import { detectTextFormat } from './detect'
import { ImportError } from './errors'
import { parseGift } from './gift/parse'
import { parseMoodleXml } from './moodle/parse'
import type { Format, ImportReport, Parsed } from './report'

const parsers: Record<Format, (text: string) => Parsed> = {
  gift: parseGift,
  'moodle-xml': parseMoodleXml,
  aiken: parseAiken,
}

/**
 * Reads a file of questions. Each question has its own result: imported, imported with loss, or refused, with its line;
 * one bad question never loses its neighbours. Texts are not sanitised here: `renderRichText` does that.
 * @throws ImportError (an AppError) when the file as a whole cannot be read.
 */
export function importQuestions(bytes: Uint8Array, format: Format | 'auto'): ImportReport {
  const text = decodeText(bytes)
  const found = format === 'auto' ? detectTextFormat(text) : format
  if (found === null || (found === 'moodle-xml' && !/<(quiz|question)[\s>]/.test(text))) {
    throw new ImportError('import-unknown-format', 'The file is neither GIFT nor Moodle XML nor Aiken.')
  }
  const parsed = parsers[found](text)
  return { format: found, ...parsed, notes: parsed.questions.length === 0 ? ['The file holds no questions.'] : [] }
}

export { parseAiken } from './aiken'
export { detectFormat } from './detect'
export { ImportError, type ImportFault } from './errors'
export { parseGift } from './gift/parse'
export { maxImportBytes, maxImportQuestions } from './limits'
export { parseMoodleXml } from './moodle/parse'
