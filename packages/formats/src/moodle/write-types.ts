import type { AcceptedText, Choice, Question, RichText } from '@hourglass/questions/question'
import { invert } from '../decimal'
import { Unwritable } from '../write-each'
import { toTolerance } from './tolerance'
import type { Writer } from './write'
import { writeCloze } from './write-cloze'

type Written = { type: string; stem: RichText; fields: string[] }
type Of<T extends Question['type']> = Extract<Question, { type: T }>

/** The name of the type in Moodle, and the elements that only this type has. */
export function writeType(question: Question, writer: Writer): Written {
  const { plain, rich, losses } = writer
  const { stem } = question
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return { type: 'multichoice', stem, fields: writeChoices(question, writer) }
    case 'true-false':
      return { type: 'truefalse', stem, fields: writeTruth(question, writer) }
    case 'short-answer': {
      if (question.accepted.length === 0) throw new Unwritable('it has no accepted answers.')
      const answers = question.accepted.map((accepted) => writeAccepted(accepted, writer))
      return { type: 'shortanswer', stem, fields: [plain('usecase', question.caseSensitive ? '1' : '0'), ...answers] }
    }
    case 'numeric':
      return { type: 'numerical', stem, fields: writeNumeric(question, writer) }
    case 'matching':
      return { type: 'matching', stem, fields: writeMatching(question, writer) }
    case 'ordering':
      return { type: 'ordering', stem, fields: writeOrdering(question, writer) }
    case 'gap-fill':
      return { type: 'cloze', stem: writeCloze(question, losses), fields: [] }
    case 'essay':
      return {
        type: 'essay',
        stem,
        fields: [
          plain('responseformat', 'plain'),
          plain('attachments', '0'),
          question.maxWords === null ? '' : plain('maxwordlimit', String(question.maxWords)),
          rich('graderinfo', question.markingNotes),
          rich('responsetemplate', { format: 'plain', text: question.template }),
        ],
      }
    case 'description':
      return { type: 'description', stem, fields: [] }
  }
}

const writeAnswer = (answer: { text: RichText; weight: string; feedback: RichText }, { rich }: Writer, more = '') =>
  rich('answer', answer.text, ` fraction="${answer.weight}"`, `${rich('feedback', answer.feedback)}${more}`)

function writeChoices(question: Of<'single-choice' | 'multiple-choice'>, writer: Writer): string[] {
  if (question.choices.length === 0) throw new Unwritable('it has no choices.')
  return [
    writer.plain('single', question.type === 'single-choice' ? 'true' : 'false'),
    writer.plain('shuffleanswers', question.shuffle ? 'true' : 'false'),
    writer.plain('answernumbering', 'abc'),
    ...question.choices.map((choice: Choice) => writeAnswer(choice, writer)),
  ]
}

function writeTruth({ answer, feedbackTrue, feedbackFalse }: Of<'true-false'>, writer: Writer): string[] {
  const write = (value: boolean, feedback: RichText) => {
    const text: RichText = { format: 'plain', text: String(value) }
    return writeAnswer({ text, weight: value === answer ? '100' : '0', feedback }, writer)
  }
  return [write(true, feedbackTrue), write(false, feedbackFalse)]
}

const writeAccepted = ({ pattern, weight, feedback }: AcceptedText, writer: Writer) => {
  if (pattern.trim() === '') writer.losses.push('An accepted answer is empty.')
  return writeAnswer({ text: { format: 'plain', text: pattern }, weight, feedback }, writer)
}

function writeNumeric({ accepted, units, unitRule }: Of<'numeric'>, writer: Writer): string[] {
  const { plain, losses } = writer
  if (accepted.length === 0) throw new Unwritable('it has no accepted numbers.')
  if (units.length === 0 && unitRule !== 'none') losses.push('Without units, an answer may not have one.')
  const answers = accepted.map(({ match, weight, feedback }) => {
    const { value, tolerance } = toTolerance(match, losses)
    return writeAnswer(
      { text: { format: 'plain', text: value }, weight, feedback },
      writer,
      plain('tolerance', tolerance),
    )
  })
  const written = units.map(({ name, multiplier }) => {
    // Moodle's multiplier leads from the base unit to this one; ours leads back.
    const inverse = invert(multiplier)
    if (!inverse) throw new Unwritable(`the unit “${name}” has the factor 0.`)
    if (!inverse.isExact) losses.push(`The factor of the unit “${name}” is rounded.`)
    return `<unit>${plain('multiplier', inverse.value)}${plain('unit_name', name)}</unit>`
  })
  return [
    ...answers,
    written.length > 0 ? `<units>${written.join('')}</units>` : '',
    plain('unitgradingtype', unitRule === 'required' ? '1' : '0'),
    plain('unitpenalty', '1'),
    plain('showunits', unitRule === 'none' ? '3' : '0'),
    plain('unitsleft', '0'),
  ]
}

function writeMatching({ pairs, distractors, shuffle }: Of<'matching'>, { rich, plain }: Writer): string[] {
  if (pairs.length === 0) throw new Unwritable('it has no pairs.')
  if (pairs.some(({ prompt }) => prompt.text.trim() === '')) throw new Unwritable('a prompt is empty.')
  // With tags or references a match would be read as HTML; `format` keeps it what it is.
  const writeMatch = (match: string) => `<answer format="plain_text">${plain('text', match)}</answer>`
  return [
    plain('shuffleanswers', shuffle ? 'true' : 'false'),
    ...pairs.map(({ prompt, match }) => rich('subquestion', prompt, '', writeMatch(match))),
    ...distractors.map((match) => rich('subquestion', { format: 'plain', text: '' }, '', writeMatch(match))),
  ]
}

const gradings = {
  exact: 'ALL_OR_NOTHING',
  position: 'ABSOLUTE_POSITION',
  pairs: 'RELATIVE_ALL_PREVIOUS_AND_NEXT',
} as const

function writeOrdering({ items, credit }: Of<'ordering'>, { rich, plain }: Writer): string[] {
  if (items.length < 2) throw new Unwritable('it has fewer than two items.')
  return [
    plain('layouttype', 'VERTICAL'),
    plain('selecttype', 'ALL'),
    plain('selectcount', '0'),
    plain('gradingtype', gradings[credit]),
    plain('showgrading', 'SHOW'),
    ...items.map((item, index) => rich('answer', item, ` fraction="${index + 1}"`)),
  ]
}
