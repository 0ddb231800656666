import type { Question } from '@hourglass/questions/question'
import { t } from '../../messages/quizzes'

/** What a question is called in lists: its title, else the beginning of its text, else that it has neither. */
export function nameOf({ title, stem }: Pick<Question, 'title' | 'stem'>): string {
  if (title.trim()) return title
  const text = stem.text
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (text === '') return t('question.untitled')
  return text.length > 90 ? `${text.slice(0, 89).trimEnd()}…` : text
}
