import type { Question, RichText } from '@hourglass/questions/question'
import { cleanText } from '../clean'
import { type Exported, writeEach } from '../write-each'
import { writeType } from './write-types'

/** A picture by its digest, as `exportMoodleXml` embeds it. */
export type ExportImage = { mediaType: string; bytes: Uint8Array }

/** Writes the elements of one question, and embeds its pictures. */
export type Writer = {
  losses: string[]
  /** `<name format="html"><text>…</text><file …/></name>` */
  rich: (name: string, text: RichText, attributes?: string, inner?: string) => string
  /** `<name>…</name>` */
  plain: (name: string, text: string) => string
}

/**
 * Writes questions as Moodle XML. Texts that refer to `image:<digest>` or `/api/images/<digest>` get the picture from
 * `images` embedded; what cannot be carried is named by question.
 */
export function exportMoodleXml(
  questions: readonly Question[],
  images: ReadonlyMap<string, ExportImage> = new Map(),
): Exported {
  const { parts, losses } = writeEach(questions, (question, found) =>
    writeQuestion(question, createWriter(found, images)),
  )
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${parts.join('')}</quiz>\n`, losses }
}

function writeQuestion(question: Question, writer: Writer): string {
  const { plain, rich } = writer
  const { type, stem, fields } = writeType(question, writer)
  const tags = question.tags.map((tag) => `<tag>${plain('text', tag)}</tag>`).join('')
  const lines = [
    `<name>${plain('text', question.title)}</name>`,
    rich('questiontext', stem),
    rich('generalfeedback', question.explanation),
    plain('defaultgrade', question.maxMarks),
    plain('hidden', '0'),
    ...fields,
    tags ? `<tags>${tags}</tags>` : '',
  ]
  return `<question type="${type}">\n${lines.filter(Boolean).join('\n')}\n</question>\n`
}

const formatNames = { html: 'html', markdown: 'markdown', plain: 'plain_text' } as const
const extensions: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

function createWriter(losses: string[], images: ReadonlyMap<string, ExportImage>): Writer {
  const plain = (name: string, text: string) => `<${name}>${escapeXml(cleanText(text, losses))}</${name}>`
  return {
    losses,
    plain,
    rich: (name, { format, text }, attributes = '', inner = '') => {
      const files = new Map<string, string>()
      const linked = text.replace(/(?:image:|\/api\/images\/)([0-9a-f]{64})/g, (whole, digest: string) => {
        const image = images.get(digest)
        const extension = image && extensions[image.mediaType]
        if (!image || !extension) {
          losses.push('A picture of the question is missing from the file.')
          return whole
        }
        const file = `${digest.slice(0, 16)}.${extension}`
        const data = Buffer.from(image.bytes).toString('base64')
        files.set(file, `<file name="${file}" path="/" encoding="base64">${data}</file>`)
        return `@@PLUGINFILE@@/${file}`
      })
      const head = `${name}${attributes} format="${formatNames[format]}"`
      return `<${head}>${plain('text', linked)}${[...files.values()].join('')}${inner}</${name}>`
    },
  }
}

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
