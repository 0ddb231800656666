import { createRender, renderRichText } from '@hourglass/formats/render'
import { digestOf } from '@hourglass/questions/canonical'
import { Key } from '@hourglass/questions/key'
import { Paper, type PaperItem } from '@hourglass/questions/paper'
import type { Question } from '@hourglass/questions/question'
import { splitQuestion } from '@hourglass/questions/split'
import { multiply, parseDecimal, type Rational, ratio, sum, toDecimal, zero } from '@hourglass/scoring/rational'
import type { Quiz } from '../quizzes/model'
import type { VersionContent, VersionItem } from '../versions/model'
import type { ResolvedItem, ResolvedSection } from './resolve'

export type Composed = {
  /** The version's content but for its number, which is known last. */
  content: Omit<VersionContent, 'number'>
  paper: Paper
  key: Key
  questionCount: number
  maxMarks: string
}

/** Makes the immutable documents of a sound draft. The same draft gives the same bytes and digests. */
export async function composeVersion(quiz: Quiz, sections: readonly ResolvedSection[]): Promise<Composed> {
  const questions = questionsOf(sections)
  const split = questions.map((question) => splitQuestion(question, createRender(question)))
  // Parsed so that a field that neither may hold can never be stored under a digest.
  const paper = Paper.parse({
    schema: 1,
    quizId: quiz.id,
    title: quiz.title,
    introHtml: renderRichText(quiz.intro),
    sections: sections.map(({ id, title, intro, shuffleQuestions, items }) => ({
      id,
      title,
      introHtml: renderRichText(intro),
      shuffleQuestions,
      items: items.map(toPaperItem),
    })),
    questions: split.map((question) => question.paper),
  } satisfies Paper)
  const paperDigest = await digestOf(paper)
  const key = Key.parse({
    schema: 1,
    quizId: quiz.id,
    paperDigest,
    questions: split.map((question) => question.key),
  } satisfies Key)
  const content: Composed['content'] = {
    schema: 1,
    quizId: quiz.id,
    title: quiz.title,
    intro: quiz.intro,
    sections: sections.map(({ label: _, items, ...section }) => ({ ...section, items: items.map(toVersionItem) })),
    settings: quiz.settings,
    questions,
    paperDigest,
    keyDigest: await digestOf(key),
  }
  return { content, paper, key, ...sizeOf(sections) }
}

/** Each question once: those with a place of their own in their order, then what can be drawn. */
export function questionsOf(sections: readonly ResolvedSection[]): Question[] {
  const items = sections.flatMap((section) => section.items)
  const fixed = items.flatMap((item) => (item.kind === 'fixed' && item.question ? [item.question] : []))
  const drawable = items.flatMap((item) => (item.kind === 'draw' ? item.pool : []))
  return [...new Map([...fixed, ...drawable].map((question) => [question.id, question])).values()]
}

/** What one attempt holds; descriptions do not count, and all of a pool is worth the same. */
function sizeOf(sections: readonly ResolvedSection[]): { questionCount: number; maxMarks: string } {
  const sizes = sections.flatMap(({ items }) => items.map(itemSize))
  return {
    questionCount: sizes.reduce((total, { count }) => total + count, 0),
    maxMarks: toDecimal(sum(sizes.map(({ marks }) => marks)), 12),
  }
}

function itemSize(item: ResolvedItem): { count: number; marks: Rational } {
  if (item.kind === 'draw') {
    const each = parseDecimal(item.pool[0]?.maxMarks ?? '0')
    return { count: item.count, marks: multiply(each, ratio(item.count)) }
  }
  const { question } = item
  if (question === null || question.type === 'description') return { count: 0, marks: zero }
  return { count: 1, marks: parseDecimal(question.maxMarks) }
}

const toPaperItem = (item: ResolvedItem): PaperItem =>
  item.kind === 'fixed'
    ? { kind: 'fixed', questionId: item.questionId }
    : { kind: 'draw', count: item.count, pool: item.pool.map(({ id }) => id) }

const toVersionItem = (item: ResolvedItem): VersionItem => {
  if (item.kind === 'fixed') return { kind: 'fixed', questionId: item.questionId, maxMarks: item.maxMarks }
  const { kind, tag, count, maxMarks, pool } = item
  return { kind, tag, count, maxMarks, pool: pool.map(({ id }) => id) }
}
