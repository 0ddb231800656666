import type { Paper, PaperGap, PaperQuestion, PaperSection } from './paper'
import { shuffleBySeed } from './shuffle'

export type Arrangement = { shuffleQuestions: boolean; shuffleOptions: boolean }

export type ArrangedSection = Omit<PaperSection, 'items' | 'shuffleQuestions'> & { questions: PaperQuestion[] }
/** The paper of one attempt: its own questions alone, in its own order. */
export type ArrangedPaper = Pick<Paper, 'title' | 'introHtml'> & { sections: ArrangedSection[] }

/**
 * Draws and orders a paper for one attempt. It depends on the paper, the exam's rule and the attempt's seed alone, so a
 * reload, another device and a regrade see the same. No question is drawn twice in an attempt.
 */
export function arrangePaper(paper: Paper, seed: string, rule: Arrangement): ArrangedPaper {
  const questionOf = new Map(paper.questions.map((question) => [question.id, question]))
  const used = new Set(
    paper.sections.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'fixed' ? [item.questionId] : []))),
  )
  const sections = paper.sections.map(({ id, title, introHtml, shuffleQuestions, items }) => {
    const ids = items.flatMap((item, index) => {
      if (item.kind === 'fixed') return [item.questionId]
      const free = item.pool.filter((questionId) => !used.has(questionId))
      const drawn = shuffleBySeed(free, `${seed}/${id}/draw/${index}`).slice(0, item.count)
      for (const questionId of drawn) used.add(questionId)
      return drawn
    })
    const isShuffled = rule.shuffleQuestions || shuffleQuestions
    const ordered = isShuffled ? shuffleBySeed(ids, `${seed}/${id}/order`) : ids
    const questions = ordered.flatMap((questionId) => {
      const question = questionOf.get(questionId)
      return question ? [rule.shuffleOptions ? arrangeOptions(question, seed) : question] : []
    })
    return { id, title, introHtml, questions }
  })
  return { title: paper.title, introHtml: paper.introHtml, sections }
}

/** The ids of the questions that an arranged paper holds, in order. */
export const questionIdsOf = (paper: ArrangedPaper): string[] =>
  paper.sections.flatMap((section) => section.questions.map((question) => question.id))

/** A question as an attempt whose exam shuffles options shows it. */
export function arrangeOptions(question: PaperQuestion, attemptSeed: string): PaperQuestion {
  const seed = `${attemptSeed}/${question.id}`
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return question.shuffle ? { ...question, choices: shuffleBySeed(question.choices, seed) } : question
    case 'matching':
      return question.shuffle ? { ...question, options: shuffleBySeed(question.options, seed) } : question
    case 'ordering':
      return { ...question, items: shuffleBySeed(question.items, seed) }
    case 'gap-fill':
      return { ...question, gaps: question.gaps.map((gap) => shuffleGap(gap, seed)) }
    default:
      return question
  }
}

const shuffleGap = (gap: PaperGap, seed: string): PaperGap =>
  gap.kind === 'choice' && gap.shuffle ? { ...gap, choices: shuffleBySeed(gap.choices, `${seed}/${gap.id}`) } : gap
