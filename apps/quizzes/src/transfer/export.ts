import { type ExportImage, exportGift, exportMoodleXml } from '@hourglass/formats/export'
import type { Question } from '@hourglass/questions/question'
import { findQuiz, findVersion, type Viewer } from '../access'
import { questionsOf } from '../publishing/compose'
import { resolveQuiz } from '../publishing/resolve'
import type { QuizStore } from '../store/quiz-store'
import type { ExportFile, ExportQuery } from './model'

type ExportFormat = ExportQuery['format']

/** The questions of a draft in its order, then those that its draws can draw. */
export async function exportQuiz(store: QuizStore, viewer: Viewer, id: string, format: ExportFormat) {
  const quiz = await findQuiz(store, viewer, id)
  return writeFile(store, quiz.title, questionsOf(await resolveQuiz(store, quiz)), format)
}

export async function exportVersion(store: QuizStore, viewer: Viewer, digest: string, format: ExportFormat) {
  const { title, number, content } = await findVersion(store, viewer, digest)
  return writeFile(store, `${title} v${number}`, content.questions, format)
}

async function writeFile(
  store: QuizStore,
  title: string,
  questions: readonly Question[],
  format: ExportFormat,
): Promise<ExportFile> {
  const name =
    title
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'quiz'
  if (format === 'gift') {
    return { filename: `${name}.gift.txt`, mediaType: 'text/plain; charset=utf-8', ...exportGift(questions) }
  }
  const written = exportMoodleXml(questions, await readPictures(store, questions))
  return { filename: `${name}.xml`, mediaType: 'application/xml; charset=utf-8', ...written }
}

async function readPictures(store: QuizStore, questions: readonly Question[]): Promise<Map<string, ExportImage>> {
  const found = JSON.stringify(questions).matchAll(/(?:image:|\/api\/images\/)([0-9a-f]{64})/g)
  const pictures = new Map<string, ExportImage>()
  for (const digest of new Set([...found].map(([, hex = '']) => hex))) {
    const image = await store.getImage(digest)
    if (image) pictures.set(digest, { mediaType: image.type, bytes: image.bytes })
  }
  return pictures
}
