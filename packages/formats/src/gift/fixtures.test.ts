import { expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Question } from '@hourglass/questions/question'
import { importQuestions } from '../import'

const folder = join(import.meta.dir, '../../fixtures/gift')
const read = (name: string) => importQuestions(readFileSync(join(folder, `${name}.gift`)), 'auto')

/** A question in a few words: its type and what counts as right. */
function sketch(question: Question | undefined): string {
  switch (question?.type) {
    case 'single-choice':
    case 'multiple-choice':
      return `${question.type} ${question.choices.map(({ weight }) => weight).join(' ')}`
    case 'true-false':
      return `true-false ${question.answer}`
    case 'short-answer':
      return `short-answer ${question.accepted.map(({ pattern, weight }) => `${pattern}=${weight}`).join(' | ')}`
    case 'numeric':
      return `numeric ${question.accepted.map(({ match, weight }) => `${Object.values(match).join(' ')}=${weight}`).join(' | ')}`
    case 'matching':
      return `matching ${question.pairs.map(({ prompt, match }) => `${prompt.text}-${match}`).join(' ')}`
    default:
      return question?.type ?? 'refused'
  }
}

const expected: Record<string, string[]> = {
  TFTwoFeedback: ['true-false false', 'true-false true', 'true-false true'],
  category1: [],
  categorySpecialCharacter: [],
  description1: ['description', 'true-false true'],
  descriptionTitleEscapedColon: ['description', 'true-false true'],
  descriptionWithID: ['description', 'true-false true'],
  escapeColon: ['single-choice 100 100 100 100 0'],
  escapeEquals: ['single-choice 0 100 0'],
  essay1: ['essay'],
  matching1: [
    'matching subquestion1-subanswer1 subquestion2-subanswer2 subquestion3-subanswer3',
    'matching Canada-Ottawa Italy-Rome Japan-Tokyo India-New Delhi',
  ],
  mc1: ['single-choice 0 0 100'],
  mc2: ['single-choice 0 100 0'],
  mc4: ['single-choice 0 0 100'],
  mc5: ['single-choice 0 0 100', 'single-choice 0 100 0', 'single-choice 0 0 100', 'single-choice 0 100 0 0'],
  multiLineFeedback1: ['single-choice 0 0 100', 'single-choice 0 0 0 0 100 0'],
  numerical1: [
    'numeric absolute 1822 0=100',
    'numeric absolute -1 0=100',
    'numeric absolute 3.1415 0.0005=100',
    'numeric absolute -3.142 0.001=100',
    'numeric range 3.141 3.142=100',
    'numeric range -3.142 -3.141=100',
    'numeric range 1 5=100',
    'numeric range -5 5=100',
    'numeric absolute 1822 0=100 | absolute 1822 2=50',
    'numeric absolute 5 0=0 | absolute 9 0=100 | absolute 23 0=0',
  ],
  options1: [
    'numeric absolute 4 0=100',
    'short-answer China=100',
    'single-choice 0 0 100',
    'single-choice 0 0 100',
    'short-answer no one=100 | nobody=100',
    'short-answer no one=100 | nobody=100',
    'true-false false',
    'single-choice 0 50 100',
    'single-choice 0 25 50 100',
    'short-answer Nazareth=100 | Nazereth=75 | Bethlehem=25',
    'multiple-choice 0 50 50 0',
    'multiple-choice -50 50 50 -50',
    'single-choice 0 100 0',
    'single-choice 0 0 0 0 0 100',
  ],
  shortAnswer1: ['short-answer no one=100 | nobody=100', 'short-answer four=100 | 4=100'],
  shortAnswer2: ['short-answer no one=100 | nobody=100', 'short-answer One=100'],
  shortAnswerNotMatching: ['single-choice 0 100', 'single-choice 0 0 100'],
  shortFirstEmbedded: ['short-answer Asia=100', 'short-answer Asia=100'],
  tag_id: ['essay'],
  tag_id_and_two_tags: ['essay'],
  tag_two_tags: ['essay'],
  tf1: ['true-false false'],
  tf1_html: ['true-false false'],
  tf1_markdown: ['true-false false'],
  tf2: ['true-false false', 'true-false true'],
  type_inferred_multiline_markdown: [
    'short-answer answer1 line1  \nanswer1 line2=100 | answer2 line1  \nanswer2 line2=100',
  ],
}

test('every file of the collection is known here', () => {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.gift') ? [file.slice(0, -'.gift'.length)] : []))
  expect(names.sort()).toEqual(Object.keys(expected).sort())
})

for (const [name, sketches] of Object.entries(expected)) {
  test(`${name}.gift imports with the types and answers that it means`, () => {
    const report = read(name)
    expect(report.questions.map(({ question }) => sketch(question))).toEqual(sketches)
    expect(report.notes).toEqual(sketches.length === 0 ? ['The file holds no questions.'] : [])
  })
}

test('texts, titles, feedback, tags and lines are those of the file', () => {
  const [swapped] = read('TFTwoFeedback').questions
  expect(swapped?.question).toMatchObject({
    feedbackTrue: { text: 'feedback for true' },
    feedbackFalse: { text: 'feedback for false' },
  })
  expect(read('shortFirstEmbedded').questions[1]?.question).toMatchObject({
    title: 'Continents',
    stem: { text: '_____ is the largest continent in the world.' },
  })
  expect(read('descriptionTitleEscapedColon').questions[0]?.title).toBe('Description Title:')
  expect(read('tag_id_and_two_tags').questions[0]).toMatchObject({
    line: 3,
    losses: ['The id number “393” is not kept.'],
    question: { tags: ['fred', 'barney-wilma'] },
  })
  const [plain, html] = read('multiLineFeedback1').questions
  expect(plain?.question?.explanation.text).toBe('Global feedback split\non multiple lines')
  expect(html).toMatchObject({ line: 11, title: "06- création d'instance", question: { stem: { format: 'html' } } })
  expect(html?.losses).toEqual(['GIFT carries no pictures: those of this question are missing.'])
  const controls = read('options1').questions.at(-1)?.question
  expect(controls).toMatchObject({ choices: [{ text: { text: '~' } }, {}, {}, {}, {}, { text: { text: '\\' } }] })
  expect(read('tf1_markdown').questions[0]?.question?.stem.format).toBe('markdown')
  expect(read('mc2').questions[0]?.question?.stem.text).toBe("Grant is _____ in Grant's tomb.")
})
