import type { Quiz, QuizItem } from '@hourglass/quizzes/model'
import { api, isApiError } from '../../../lib/api'
import type { Place } from '../paths'

const tries = 3

/** Puts a question at the end of a section. Somebody else's save in between is read and kept; a vanished section is made anew. */
export async function placeInQuiz(place: Place, questionId: string): Promise<void> {
  for (let left = tries; ; left -= 1) {
    const { title, intro, sections, settings, revision } = await api.get<Quiz>(`/api/quizzes/${place.quizId}`)
    if (sections.some(({ items }) => items.some((item) => item.kind === 'fixed' && item.questionId === questionId)))
      return
    const item: QuizItem = { kind: 'fixed', questionId, maxMarks: null }
    const isThere = sections.some(({ id }) => id === place.sectionId)
    const next = isThere
      ? sections.map((each) => (each.id === place.sectionId ? { ...each, items: [...each.items, item] } : each))
      : [
          ...sections,
          {
            id: place.sectionId,
            title: '',
            intro: { format: 'plain', text: '' },
            shuffleQuestions: false,
            items: [item],
          },
        ]
    try {
      await api.put<Quiz>(`/api/quizzes/${place.quizId}`, { title, intro, sections: next, settings, revision })
      return
    } catch (error) {
      if (left === 1 || !isApiError(error, 'stale-revision')) throw error
    }
  }
}
