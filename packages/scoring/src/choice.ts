import type { KeyOf } from '@hourglass/questions/key'
import type { Raw } from './outcome'
import { one, sum, weightToFraction, zero } from './rational'

type Choices = { choices: { id: string; weight: string; feedbackHtml: string }[] }

/** The weight of the chosen option; an option that the question does not have earns nothing. */
export function scoreChoice(key: Choices, choice: string | null): Raw {
  const chosen = key.choices.find(({ id }) => id === choice)
  return chosen
    ? { fraction: weightToFraction(chosen.weight), feedback: [chosen.feedbackHtml] }
    : { fraction: zero, feedback: [] }
}

/** The sum of the weights of what was ticked (Moodle `qtype_multichoice_multi`); a repeated tick counts once. */
export function scoreChoices(key: Choices, choices: readonly string[]): Raw {
  const ticked = new Set(choices)
  const chosen = key.choices.filter(({ id }) => ticked.has(id))
  return {
    fraction: sum(chosen.map(({ weight }) => weightToFraction(weight))),
    feedback: chosen.map(({ feedbackHtml }) => feedbackHtml),
  }
}

export function scoreTrueFalse(key: KeyOf<'true-false'>, value: boolean | null): Raw {
  const feedback = value === null ? '' : value ? key.feedbackTrueHtml : key.feedbackFalseHtml
  return { fraction: value === key.answer ? one : zero, feedback: [feedback] }
}
