import { decodeText } from './decode'
import type { Format } from './report'

/**
 * The format of a file by its content, whatever its name says; null when it looks like none that we read.
 * @throws ImportError when the file is no text at all.
 */
export const detectFormat = (bytes: Uint8Array): Format | null => detectTextFormat(decodeText(bytes))

export function detectTextFormat(text: string): Format | null {
  const start = text.trimStart().slice(0, 400)
  if (/^<(\?xml|quiz|question|!--|!DOCTYPE)[\s>-]/i.test(start)) return 'moodle-xml'
  if (/^[ \t]*ANSWER:[ \t]*[A-Z][ \t]*$/m.test(text) && /^[ \t]*[A-Z][.)][ \t]/m.test(text)) return 'aiken'
  if (/^\s*(::|\$CATEGORY:|\/\/)/.test(start) || /(^|[^\\])\{/.test(text)) return 'gift'
  return null
}
