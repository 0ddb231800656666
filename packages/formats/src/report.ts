import { Question } from '@hourglass/questions/question'
import { ImportError } from './errors'
import { maxImportQuestions } from './limits'

export type Format = 'gift' | 'moodle-xml' | 'aiken'

/** What became of one question of the file. `losses` and `reason` are sentences for the teacher who imports. */
export type QuestionReport = {
  /** 1 for the file's first line. */
  line: number
  title: string
  status: 'imported' | 'imported-with-loss' | 'refused'
  losses: string[]
  /** Why it was refused. */
  reason?: string
  /** Absent when it was refused. */
  question?: Question
}

/** A picture that came inside the file; texts refer to it as `image:<digest>`. */
export type ImportedImage = { digest: string; name: string; mediaType: string; bytes: Uint8Array }

export type Parsed = { questions: QuestionReport[]; images: ImportedImage[] }
/** `notes` are sentences about the file as a whole. */
export type ImportReport = Parsed & { format: Format; notes: string[] }

/** Thrown while one question is read; becomes its `reason`. Its neighbours go on. */
export class Refusal extends Error {}

/** What every reader fills in for a question; each loss found on the way is pushed to `losses`. */
export type Build = (losses: string[]) => Question

/** Collects the result of each question, in the order of the file. */
export class Collector {
  readonly questions: QuestionReport[] = []

  add(line: number, title: string, build: Build): void {
    if (this.questions.length >= maxImportQuestions) {
      throw new ImportError(
        'import-too-many-questions',
        `The file holds more than ${maxImportQuestions} questions. Split it and import the parts one by one.`,
      )
    }
    const losses: string[] = []
    try {
      const question = checkShape(build(losses))
      nameForeignPictures(question, losses)
      const status = losses.length > 0 ? 'imported-with-loss' : 'imported'
      this.questions.push({ line, title: question.title || title, status, losses, question })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.questions.push({ line, title, status: 'refused', losses: [], reason: error.message })
    }
  }
}

/** The renderer shows pictures of our own store alone; the teacher hears of the others when they import them. */
function nameForeignPictures(question: Question, losses: string[]): void {
  const texts = JSON.stringify(question)
  const foreign = /<img[^<>]{0,2000}?src=\\?["']?(?:https?:|data:|\/\/)|!\[[^\]]{0,400}\]\((?:https?:|data:|\/\/)/i
  if (/<img|!\[/i.test(texts) && foreign.test(texts)) losses.push('Pictures from other sites are not shown.')
}

function checkShape(question: Question): Question {
  const parsed = Question.safeParse(question)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal(
    `The question breaks a rule at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown'}.`,
  )
}
