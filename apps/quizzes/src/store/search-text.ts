import type { BankQuestion } from '../questions/model'
import type { Quiz } from '../quizzes/model'

/** Lower case without accents, so that "ecole" finds "École"; the same in every store. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** The words of a search; a text is found when it contains each of them. */
export const toWords = (query: string): string[] => fold(query).split(/\s+/).filter(Boolean).slice(0, 12)

const maxLength = 20_000

export const quizSearchText = ({ title }: Quiz): string => fold(title)

export function questionSearchText({ question }: BankQuestion): string {
  const { title, stem, tags } = question
  const text = stem.format === 'plain' ? stem.text : stem.text.replace(/<[^>]*>/g, ' ')
  return fold([title, text, ...tags].join(' ')).slice(0, maxLength)
}

/** The questions that have a place of their own in a quiz, each once. */
export const fixedQuestionIds = ({ sections }: Pick<Quiz, 'sections'>): string[] => [
  ...new Set(
    sections.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'fixed' ? [item.questionId] : []))),
  ),
]
