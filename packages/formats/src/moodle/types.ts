import type { AcceptedNumber, Choice, Question } from '@hourglass/questions/question'
import { invert } from '../decimal'
import { Refusal } from '../report'
import { readCloze } from './cloze'
import { childOf, childrenOf, decimalOf, flagOf, plainOf, richOf, type Source, textOf, weightOf } from './fields'

type Read = (source: Source) => Question

const readers: Record<string, Read> = {
  multichoice: readChoices,
  truefalse: readTrueFalse,
  shortanswer: readShortAnswer,
  numerical: readNumeric,
  matching: readMatching,
  match: readMatching,
  ordering: readOrdering,
  cloze: readGapFill,
  multianswer: readGapFill,
  essay: readEssay,
  description: ({ common }) => ({ type: 'description', ...common }),
}

export function readType(source: Source): Question {
  const type = source.element.attributes.type ?? ''
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!read) throw new Refusal(`Questions of the type “${type.slice(0, 40)}” are not supported.`)
  return read(source)
}

function readChoices(source: Source): Question {
  const { element, common, losses } = source
  const choices = childrenOf(element, 'answer').map(
    (answer, index): Choice => ({
      id: `c${index + 1}`,
      text: richOf(answer, source),
      weight: weightOf(answer),
      feedback: richOf(childOf(answer, 'feedback'), source),
    }),
  )
  if (choices.length === 0) throw new Refusal('The question has no choices.')
  const numbering = textOf(element, 'answernumbering')
  if (!['', 'abc'].includes(numbering)) losses.push(`The numbering “${numbering}” of the choices is left out.`)
  const isSingle = textOf(element, 'single') === '' || flagOf(element, 'single')
  const type = isSingle ? 'single-choice' : 'multiple-choice'
  return { type, ...common, choices, shuffle: flagOf(element, 'shuffleanswers') }
}

function readTrueFalse(source: Source): Question {
  const { element, common } = source
  const answers = childrenOf(element, 'answer')
  const [right, wrong] = ['true', 'false'].map((word) =>
    answers.find((answer) => textOf(answer).toLowerCase() === word),
  )
  if (!right || !wrong) throw new Refusal('It needs one answer “true” and one answer “false”.')
  const answer = Number(weightOf(right)) > Number(weightOf(wrong))
  const feedbackTrue = richOf(childOf(right, 'feedback'), source)
  return {
    type: 'true-false',
    ...common,
    answer,
    feedbackTrue,
    feedbackFalse: richOf(childOf(wrong, 'feedback'), source),
  }
}

function readShortAnswer(source: Source): Question {
  const accepted = childrenOf(source.element, 'answer').map((answer) => ({
    pattern: textOf(answer),
    weight: weightOf(answer),
    feedback: richOf(childOf(answer, 'feedback'), source),
  }))
  if (accepted.length === 0) throw new Refusal('The question has no accepted answers.')
  return { type: 'short-answer', ...source.common, accepted, caseSensitive: flagOf(source.element, 'usecase') }
}

function readNumeric(source: Source): Question {
  const { element, common, losses } = source
  const accepted = childrenOf(element, 'answer').map(
    (answer): AcceptedNumber => ({
      match: readNumber(textOf(answer), textOf(answer, 'tolerance') || '0'),
      weight: weightOf(answer),
      feedback: richOf(childOf(answer, 'feedback'), source),
    }),
  )
  if (accepted.length === 0) throw new Refusal('The question has no accepted numbers.')
  const holder = childOf(element, 'units')
  const units = (holder ? childrenOf(holder, 'unit') : []).map((unit) => {
    const name = textOf(unit, 'unit_name')
    const inverse = invert(decimalOf(textOf(unit, 'multiplier') || '1', 'the multiplier of a unit'))
    if (!inverse || inverse.value === '0') throw new Refusal(`The multiplier of the unit “${name}” cannot be used.`)
    if (!inverse.isExact) losses.push(`The factor of the unit “${name}” is rounded to ${inverse.value}.`)
    return { name, multiplier: inverse.value }
  })
  return { type: 'numeric', ...common, accepted, units, unitRule: readUnitRule(source, units.length) }
}

/** `showunits` 3 hides units; `unitgradingtype` above 0 takes marks for a missing or unknown one. */
function readUnitRule({ element, losses }: Source, unitCount: number): 'none' | 'optional' | 'required' {
  if (unitCount === 0 || textOf(element, 'showunits') === '3') return 'none'
  if (!['1', '2'].includes(textOf(element, 'unitgradingtype'))) return 'optional'
  const penalty = textOf(element, 'unitpenalty')
  if (Number(penalty) !== 1)
    losses.push(`A wrong unit costs all marks here; there it cost the part ${penalty || '0.1'}.`)
  return 'required'
}

function readNumber(text: string, tolerance: string): AcceptedNumber['match'] {
  if (text === '*') return { kind: 'any' }
  const size = decimalOf(tolerance, 'a tolerance').replace('-', '')
  return { kind: 'absolute', value: decimalOf(text, 'an accepted number'), tolerance: size }
}

function readMatching(source: Source): Question {
  const rows = childrenOf(source.element, 'subquestion').map((row) => ({
    prompt: richOf(row, source),
    match: plainOf(childOf(row, 'answer'), 'the match', source),
  }))
  const pairs = rows.filter(({ prompt }) => prompt.text !== '')
  if (pairs.length === 0) throw new Refusal('The question has no pairs.')
  if (pairs.some(({ match }) => match === '')) throw new Refusal('A matching pair has no match.')
  return {
    type: 'matching',
    ...source.common,
    pairs,
    distractors: rows.filter(({ prompt, match }) => prompt.text === '' && match !== '').map(({ match }) => match),
    shuffle: flagOf(source.element, 'shuffleanswers'),
  }
}

const creditOf: Record<string, 'exact' | 'position' | 'pairs'> = {
  ALL_OR_NOTHING: 'exact',
  '-1': 'exact',
  ABSOLUTE_POSITION: 'position',
  '0': 'position',
  RELATIVE_ALL_PREVIOUS_AND_NEXT: 'pairs',
  '4': 'pairs',
}

function readOrdering(source: Source): Question {
  const { element, common, losses } = source
  const items = childrenOf(element, 'answer').map((answer) => richOf(answer, source))
  if (items.length < 2) throw new Refusal('The question has fewer than two items to order.')
  const grading = textOf(element, 'gradingtype')
  const credit = Object.hasOwn(creditOf, grading) ? creditOf[grading] : undefined
  if (!credit)
    losses.push(`The grading “${grading || 'unknown'}” becomes a share for each two items in the right order.`)
  const select = textOf(element, 'selecttype')
  if (!['', 'ALL', '0'].includes(select)) losses.push('All items are shown; there only some of them were.')
  return { type: 'ordering', ...common, items, credit: credit ?? 'pairs' }
}

function readGapFill({ element, common, losses }: Source): Question {
  const { stem, gaps } = readCloze(common.stem, losses)
  // Moodle may leave the mark of embedded answers out of the file: it is the sum of the gaps'.
  const sum = String(gaps.reduce((total, { share }) => total + Number(share), 0))
  const maxMarks = textOf(element, 'defaultgrade') ? common.maxMarks : sum
  return { type: 'gap-fill', ...common, maxMarks, stem, gaps }
}

function readEssay(source: Source): Question {
  const { element, common, losses } = source
  const limit = Number(textOf(element, 'maxwordlimit'))
  if (Number(textOf(element, 'minwordlimit')) > 0) losses.push('The lower limit of words is left out.')
  const isFile = ['editorfilepicker', 'noinline'].includes(textOf(element, 'responseformat'))
  if (isFile || Number(textOf(element, 'attachments')) > 0)
    losses.push('Answers are text only: no files can be handed in.')
  return {
    type: 'essay',
    ...common,
    template: plainOf(childOf(element, 'responsetemplate'), 'the response template', source),
    maxWords: Number.isInteger(limit) && limit > 0 ? limit : null,
    markingNotes: richOf(childOf(element, 'graderinfo'), source),
  }
}
