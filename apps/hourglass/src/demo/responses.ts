import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'

const idOf = (options: readonly { id: string; html: string }[], text: string): string =>
  options.find(({ html }) => html.replace(/<[^>]*>/g, '').trim() === text)?.id ?? options[0]?.id ?? ''

/** What a student of the demo answers to one of its questions, rightly or wrongly; `null`: nothing. */
export function answerDemo(question: PaperQuestion, isRight: boolean, wrongChoice: number): Response | null {
  switch (question.type) {
    case 'single-choice': {
      const right = question.choices.length === 3 ? 'b' : 'a'
      const wrong = question.choices.filter(({ id }) => id !== right)
      return { type: 'single-choice', choice: isRight ? right : (wrong[wrongChoice % wrong.length]?.id ?? null) }
    }
    case 'multiple-choice':
      return { type: 'multiple-choice', choices: isRight ? ['a', 'b'] : ['a', 'c'] }
    case 'true-false':
      return { type: 'true-false', value: isRight }
    case 'short-answer':
      return { type: 'short-answer', text: isRight ? 'Christiaan Huygens' : 'Galileo' }
    case 'numeric':
      return isRight ? { type: 'numeric', text: '99.4', unit: 'cm' } : { type: 'numeric', text: '2', unit: 'm' }
    case 'matching': {
      const units = isRight ? ['s', 'Hz', 'N'] : ['s', 'J', 'N']
      const pairs = ['Period', 'Frequency', 'Force'].map((quantity, index) => [
        idOf(question.prompts, quantity),
        idOf(question.options, units[index] ?? ''),
      ])
      return { type: 'matching', pairs: Object.fromEntries(pairs) }
    }
    case 'ordering': {
      const right = ['Sundial', 'Hourglass', 'Pendulum clock', 'Quartz clock']
      const shown = isRight ? right : ['Hourglass', 'Sundial', 'Pendulum clock', 'Quartz clock']
      return { type: 'ordering', order: shown.map((clock) => idOf(question.items, clock)) }
    }
    case 'gap-fill':
      return {
        type: 'gap-fill',
        gaps: { value: '2.006', times: isRight ? 'two' : 'four', name: isRight ? 'sqrt' : 'pi' },
      }
    case 'essay':
      return {
        type: 'essay',
        text: isRight
          ? 'Gravity is weaker on a mountain, so each swing takes longer and the clock counts fewer of them in a day.'
          : 'It is colder up there and the air is thin.',
      }
    case 'description':
      return null
  }
}
