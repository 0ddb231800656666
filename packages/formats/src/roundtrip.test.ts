import { expect, test } from 'bun:test'
import { emptyText, type Gap, Question, type RichText } from '@hourglass/questions/question'
import fc from 'fast-check'
import { exportGift, exportMoodleXml } from './export'
import { importQuestions } from './import'
import type { Format } from './report'
import { looksLikeHtml } from './texts'

const pieces = fc.constantFrom(
  ...'a|B|7|é|漢|😀| |\n|=|~|#|{|}|:|::|\\|\\n|\\(x_1\\)|%50%|->|<b>x</b>|&amp;|&|<|>|"|]]>|[html]|[plain]|//|####|*|.|$CATEGORY:|}'.split(
    '|',
  ),
)
const textFrom = (source: fc.Arbitrary<string>) =>
  fc.array(source, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('').trim() || 'x')
const anyText = textFrom(pieces)
const line = anyText.map((text) => text.replace(/\s+/g, ' ').trim() || 'x')
const noArrow = line.map((text) => text.replaceAll('->', '→'))
const rich = fc.record({
  format: fc.constantFrom('plain', 'markdown', 'html'),
  text: anyText,
}) as fc.Arbitrary<RichText> // the three formats are RichText's
const noArrowRich = rich.map(({ format, text }) => ({ format, text: text.replaceAll('->', '→') }))
const optional = fc.oneof(fc.constant(emptyText), rich)
const weight = fc.constantFrom('100', '50', '0', '33.33333', '-25', '12.5')
const decimal = fc.constantFrom('0', '1', '-2.5', '3.1415', '1000', '-0.001')
const size = fc.constantFrom('0', '0.5', '0.0005')
const tags = fc.uniqueArray(
  line.map((text) => text.slice(0, 60).trim().toWellFormed()),
  { maxLength: 3 },
)
const common = {
  id: fc.constant('q'),
  title: line,
  stem: rich,
  maxMarks: fc.constant('1'),
  explanation: optional,
  tags,
}
const choices = fc
  .array(fc.record({ text: rich, weight, feedback: optional }), { minLength: 2, maxLength: 5 })
  .map((all) => all.map((choice, index) => ({ id: `c${index + 1}`, ...choice })))
const accepted = (pattern: fc.Arbitrary<string>, feedback = optional) =>
  fc.array(fc.record({ pattern, weight, feedback }), { minLength: 1, maxLength: 4 })
const exact = fc.record({ kind: fc.constant('absolute' as const), value: decimal, tolerance: size })
const numbers = (match: fc.Arbitrary<unknown>, feedback = optional) =>
  fc.array(fc.record({ match, weight, feedback }), { minLength: 1, maxLength: 4 })
const anyNumber = fc.constant({ kind: 'any' as const })
const range = fc.constantFrom({ kind: 'range', min: '-5', max: '5' }, { kind: 'range', min: '0.1', max: '0.25' })
const pairs = fc.array(fc.record({ prompt: noArrowRich, match: line }), { minLength: 1, maxLength: 4 })
const distractors = fc.array(line, { maxLength: 2 })
const of = (type: Question['type'], more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ type: fc.constant(type), ...common, ...more }).map((question) => Question.parse(question))

const yes = fc.constant(true)
const shared = [
  of('single-choice', { choices, shuffle: yes }),
  of('multiple-choice', { choices, shuffle: yes }),
  of('true-false', { answer: fc.boolean(), feedbackTrue: optional, feedbackFalse: optional }),
  of('short-answer', { accepted: accepted(noArrow), caseSensitive: fc.constant(false) }),
  of('matching', { pairs, distractors, shuffle: yes }),
  of('description', { explanation: fc.constant(emptyText) }),
]
const giftOnly = [
  of('numeric', {
    accepted: numbers(fc.oneof(exact, anyNumber, range)),
    units: fc.constant([]),
    unitRule: fc.constant('none'),
  }),
  of('essay', { template: fc.constant(''), maxWords: fc.constant(null), markingNotes: fc.constant(emptyText) }),
]

const unit = fc.record({
  name: fc.constantFrom('m', 'km', 'µs', '<%>'),
  multiplier: fc.constantFrom('1', '1000', '0.001', '0.5'),
})
const units = fc.oneof(
  fc.record({ units: fc.constant([]), unitRule: fc.constant('none') }),
  fc.record({
    units: fc.array(unit, { minLength: 1, maxLength: 3 }),
    unitRule: fc.constantFrom('none', 'optional', 'required'),
  }),
)
const inPlain = line.map((text): RichText => ({ format: 'plain', text: text.replace(/\s+/g, ' ') }))
const inHtml = line.map((text): RichText => ({ format: looksLikeHtml(text) ? 'html' : 'plain', text }))
const gapsIn = (text: fc.Arbitrary<RichText>) => {
  const feedback = fc.oneof(fc.constant(emptyText), text)
  const gapChoices = fc
    .array(fc.record({ text, weight, feedback }), { minLength: 1, maxLength: 4 })
    .map((all) => all.map((choice, index) => ({ id: `c${index + 1}`, ...choice })))
  const share = fc.constantFrom('1', '2', '10')
  return fc
    .array(
      fc.oneof(
        fc.record({ kind: fc.constant('choice'), share, choices: gapChoices, shuffle: fc.boolean() }),
        fc.record({
          kind: fc.constant('short'),
          share,
          accepted: accepted(line, feedback),
          caseSensitive: fc.boolean(),
        }),
        fc.record({
          kind: fc.constant('numeric'),
          share,
          accepted: numbers(fc.oneof(exact, anyNumber), feedback),
          units: fc.constant([]),
          unitRule: fc.constant('none'),
        }),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((gaps) => gaps.map((gap, index) => ({ id: `g${index + 1}`, ...gap })) as Gap[]) // checked by Question.parse
}
const gapFill = (format: 'plain' | 'html', text: fc.Arbitrary<RichText>) =>
  fc.record({ ...common, gaps: gapsIn(text), before: line }).map(({ before, gaps, ...rest }) =>
    Question.parse({
      type: 'gap-fill',
      ...rest,
      gaps,
      stem: { format, text: `${before} ${gaps.map(({ id }) => `[[${id}]]`).join(' and ')}` },
    }),
  )
const xmlOnly = [
  of('single-choice', { choices, shuffle: fc.boolean(), maxMarks: fc.constantFrom('0', '2.5', '10') }),
  of('short-answer', { accepted: accepted(anyText), caseSensitive: fc.boolean() }),
  fc
    .tuple(
      of('numeric', {
        accepted: numbers(fc.oneof(exact, anyNumber)),
        units: fc.constant([]),
        unitRule: fc.constant('none'),
      }),
      units,
    )
    .map(([question, rule]) => Question.parse({ ...question, ...rule })),
  of('matching', {
    pairs: fc.array(fc.record({ prompt: rich, match: anyText }), { minLength: 1, maxLength: 4 }),
    distractors,
    shuffle: fc.boolean(),
  }),
  of('ordering', {
    items: fc.array(rich, { minLength: 2, maxLength: 5 }),
    credit: fc.constantFrom('exact', 'position', 'pairs'),
  }),
  of('essay', {
    template: fc.oneof(fc.constant(''), anyText),
    maxWords: fc.constantFrom(null, 200),
    markingNotes: optional,
  }),
  gapFill('plain', inPlain),
  gapFill('html', inHtml),
]

const read = (text: string, format: Format) => importQuestions(new TextEncoder().encode(text), format)
const withoutId = (question: Question | undefined) => ({ ...question, id: 'q' })

const cases = [
  ['gift', (questions: Question[]) => exportGift(questions), fc.oneof(...shared, ...giftOnly)],
  ['moodle-xml', (questions: Question[]) => exportMoodleXml(questions), fc.oneof(...shared, ...xmlOnly)],
] as const

for (const [format, write, question] of cases) {
  test(`${format}: a quiz of what the format can carry comes back as it was, and nothing is named as lost`, () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 4 }), (questions) => {
        const { text, losses } = write(questions)
        expect(losses).toEqual([])
        const report = read(text, format)
        expect(report.questions.map(({ reason, losses }) => ({ reason, losses }))).toEqual(
          questions.map(() => ({ reason: undefined, losses: [] })),
        )
        expect(report.questions.map((result) => withoutId(result.question))).toEqual(questions.map(withoutId))
      }),
      { numRuns: 600 },
    )
  })

  test(`${format}: any question is written and read without its neighbours being hurt`, () => {
    const all = fc.oneof(...shared, ...giftOnly, ...xmlOnly)
    fc.assert(
      fc.property(fc.array(all, { maxLength: 5 }), (questions) => {
        const { text, losses } = write(questions)
        const left = losses.filter((loss) => loss.losses.some((sentence) => sentence.includes('left out: ')))
        expect(read(`${text} `.replace(/^\s*$/, '// nothing'), format).questions).toHaveLength(
          questions.length - left.length,
        )
      }),
      { numRuns: 200 },
    )
  })
}
