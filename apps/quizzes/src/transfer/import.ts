import { importQuestions } from '@hourglass/formats/import'
import type { ImportReport, QuestionReport } from '@hourglass/formats/report'
import { AppError, UnprocessableError } from '@hourglass/kit/errors'
import { emptyText, type Question } from '@hourglass/questions/question'
import { authorOf, type Viewer } from '../access'
import { creationId, partId } from '../creation-id'
import { storeImage } from '../images/service'
import { questionFaults } from '../publishing/question-faults'
import { splitForPreview } from '../questions/preview'
import { defaultSettings, type Quiz } from '../quizzes/model'
import { insertQuiz } from '../quizzes/service'
import { jsonBytes, maxDraftBytes } from '../size'
import { isStorable } from '../storable'
import type { QuizStore } from '../store/quiz-store'
import type { ImportedQuestion, ImportQuery, ImportResult } from './model'

/** Nobody looks through more previews, and each costs a rendering. */
const maxPreviews = 500

/**
 * Reads a file of questions into the viewer's bank and a new draft that holds them in the file's order; a dry run only tells what
 * would become of each. Pictures are stored in both, so that previews show them. Under an Idempotency-Key the same file makes
 * one draft. Throws an ImportError for a file that cannot be read, an UnprocessableError when no question of it can be used.
 */
export async function importQuiz(
  store: QuizStore,
  viewer: Viewer,
  bytes: Uint8Array,
  query: ImportQuery,
  key: string | null,
): Promise<ImportResult> {
  const report = importQuestions(bytes, query.format)
  const questions = report.questions.map(refuseUnstorable)
  const notes = [...report.notes, ...(await storePictures(store, viewer, report))]
  const digest = new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
  const quizId = creationId(viewer, `import ${digest} ${query.title ?? ''}`, key)
  const isDryRun = query.dryRun === 'true'
  const result = {
    format: report.format,
    isDryRun,
    counts: {
      imported: questions.filter(({ status }) => status === 'imported').length,
      importedWithLoss: questions.filter(({ status }) => status === 'imported-with-loss').length,
      refused: questions.filter(({ status }) => status === 'refused').length,
    },
    notes,
    questions: questions.map((question, index) => toImported(question, index, isDryRun ? null : quizId)),
  }
  if (isDryRun) return { ...result, quiz: null }
  if (result.counts.refused === questions.length) {
    throw new UnprocessableError('nothing-to-import', 'The file holds no question that can be imported.', {
      questions: result.questions.slice(0, 200),
    })
  }
  const { id, title } = await storeQuiz(store, viewer, quizId, titleOf(query, report), questions)
  return { ...result, quiz: { id, title } }
}

const titleOf = ({ title }: ImportQuery, { format }: ImportReport): string =>
  title ??
  `Imported from ${{ gift: 'GIFT', 'moodle-xml': 'Moodle XML', aiken: 'Aiken' }[format]}, ${new Date().toISOString().slice(0, 10)}`

/** Questions first: a draft never names one that is not there. A broken-off import is made whole by repeating it. */
async function storeQuiz(
  store: QuizStore,
  viewer: Viewer,
  quizId: string,
  title: string,
  questions: readonly QuestionReport[],
): Promise<Quiz> {
  const now = new Date().toISOString()
  const common = { ownerId: viewer.personId, revision: 1, createdAt: now, updatedAt: now, updatedBy: authorOf(viewer) }
  const usable = questions.flatMap(({ question }, index) => (question ? [{ id: partId(quizId, index), question }] : []))
  await store.insertQuestions(usable.map(({ id, question }) => ({ ...common, id, question: { ...question, id } })))
  const items = usable.map(({ id }) => ({ kind: 'fixed' as const, questionId: id, maxMarks: null }))
  return insertQuiz(store, {
    ...common,
    id: quizId,
    editorIds: [],
    title,
    intro: emptyText,
    sections: [{ id: 's1', title: '', intro: emptyText, shuffleQuestions: false, items }],
    settings: defaultSettings,
  })
}

function toImported(report: QuestionReport, index: number, quizId: string | null): ImportedQuestion {
  const { line, title, status, losses, reason = null, question } = report
  const isShown = quizId === null && index < maxPreviews
  return {
    line,
    title,
    status,
    losses,
    reason,
    faults: question ? questionFaults(question) : [],
    type: question?.type ?? null,
    questionId: question && quizId ? partId(quizId, index) : null,
    preview: question && isShown ? preview(question, index) : null,
  }
}

/** Ids within a file may repeat; in previews each question has its own. */
const preview = (question: Question, index: number) => splitForPreview({ ...question, id: `preview-${index + 1}` })

function refuseUnstorable(report: QuestionReport): QuestionReport {
  const reason = report.question && unstorable(report.question)
  if (!reason) return report
  const { line, title } = report
  return { line, title: title.replaceAll('\0', '').toWellFormed(), status: 'refused', losses: [], reason }
}

function unstorable(question: Question): string | null {
  if (!isStorable(question)) return 'It holds a character that cannot be stored.'
  return jsonBytes(question) > maxDraftBytes ? 'It takes more than 8 MiB.' : null
}

/** Answers a sentence for each picture that could not be kept. */
async function storePictures(store: QuizStore, viewer: Viewer, { images }: ImportReport): Promise<string[]> {
  const notes: string[] = []
  for (const { name, bytes } of images) {
    try {
      await storeImage(store, viewer, bytes)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      notes.push(`The picture “${name}” is left out. ${error.message}`)
    }
  }
  return notes
}
