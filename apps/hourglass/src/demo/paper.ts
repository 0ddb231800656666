import type { PaperQuestion } from '@hourglass/questions/paper'

export type ArrangedPaper = { sections: { questions: PaperQuestion[] }[] }

export const questionsOf = (paper: ArrangedPaper): PaperQuestion[] =>
  paper.sections.flatMap(({ questions }) => questions)
