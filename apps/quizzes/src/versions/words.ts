/**
 * What a difference can be in: `what` is one of these, or several with numbers and ids ("section 2, title"; "gap 1, answer 2, weight").
 * Pages say each in the reader's language.
 */
export const changeWords = [
  ...['title', 'introduction', 'section', 'shuffled', 'draws', 'place'],
  ...['time limit', 'attempts', 'grading method', 'layout', 'shuffled questions', 'shuffled options', 'certainty'],
  ...['negative marks', 'review during', 'review just after', 'review while open', 'review after close'],
  ...['type', 'text', 'marks', 'explanation', 'tags', 'option', 'weight', 'feedback', 'options shuffled'],
  ...['right answer', 'feedback for true', 'feedback for false', 'answer', 'capitals matter', 'units', 'unit'],
  ...['pair', 'match', 'wrong matches', 'item', 'credit', 'gap', 'kind', 'share'],
  ...['template', 'most words', 'notes for markers'],
] as const
export type ChangeWord = (typeof changeWords)[number]
