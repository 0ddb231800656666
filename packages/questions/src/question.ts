import { z } from 'zod'

/** A decimal number as text, so that no mark ever passes through binary floating point: `"1.3"`, `"-0.25"`. */
export const Decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,12})?$/, 'a decimal number such as 1.25')
export type Decimal = z.infer<typeof Decimal>

/** What an author wrote, in the notation they wrote it in. It becomes sanitised HTML when the quiz is published. */
export const RichText = z.strictObject({
  format: z.enum(['plain', 'markdown', 'html']),
  text: z.string().max(200_000),
})
export type RichText = z.infer<typeof RichText>

export const emptyText: RichText = { format: 'plain', text: '' }

/** Percent of the question's marks, −100 to 100. Thirds, sixths and the like are read as the exact fraction. */
export const Weight = Decimal.refine((text) => Math.abs(Number(text)) <= 100, 'between -100 and 100')

const LocalId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, - and _, 40 at most')

const common = {
  id: LocalId,
  title: z.string().max(400),
  stem: RichText,
  /** Marks for a full answer; the quiz may override it where the question is used. */
  maxMarks: Decimal.refine((text) => Number(text) >= 0, 'not negative'),
  /** Shown in the review to everybody, whatever they answered. */
  explanation: RichText,
  tags: z.array(z.string().min(1).max(80)).max(40),
}

export const Choice = z.strictObject({ id: LocalId, text: RichText, weight: Weight, feedback: RichText })
export type Choice = z.infer<typeof Choice>

const choices = {
  choices: z.array(Choice).max(100),
  shuffle: z.boolean(),
}

/** An accepted text; `*` stands for any run of characters, `\*` for a star. */
export const AcceptedText = z.strictObject({ pattern: z.string().max(2_000), weight: Weight, feedback: RichText })
export type AcceptedText = z.infer<typeof AcceptedText>

const textRules = {
  accepted: z.array(AcceptedText).max(200),
  caseSensitive: z.boolean(),
}

/** An accepted number: within a tolerance of `value`, or between `min` and `max`, both inclusive; `any` takes any number. */
export const AcceptedNumber = z.strictObject({
  match: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('absolute'), value: Decimal, tolerance: Decimal }),
    z.strictObject({ kind: z.literal('relative'), value: Decimal, tolerance: Decimal }),
    z.strictObject({ kind: z.literal('range'), min: Decimal, max: Decimal }),
    z.strictObject({ kind: z.literal('any') }),
  ]),
  weight: Weight,
  feedback: RichText,
})
export type AcceptedNumber = z.infer<typeof AcceptedNumber>

/** A unit: the student's number times `multiplier` is the number in the base unit. */
export const Unit = z.strictObject({ name: z.string().min(1).max(40), multiplier: Decimal })
export type Unit = z.infer<typeof Unit>

const numberRules = {
  accepted: z.array(AcceptedNumber).max(200),
  units: z.array(Unit).max(40),
  /** `none`: a bare number. `optional`: a known unit may follow. `required`: without one the answer is wrong. */
  unitRule: z.enum(['none', 'optional', 'required']),
}

/** One gap of a gap-fill question; it stands in the stem as `[[id]]`. `share` is its part of the marks, relative to the other gaps. */
export const Gap = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), id: LocalId, share: Decimal, ...choices }),
  z.strictObject({ kind: z.literal('short'), id: LocalId, share: Decimal, ...textRules }),
  z.strictObject({ kind: z.literal('numeric'), id: LocalId, share: Decimal, ...numberRules }),
])
export type Gap = z.infer<typeof Gap>

export const Question = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single-choice'), ...common, ...choices }),
  z.strictObject({ type: z.literal('multiple-choice'), ...common, ...choices }),
  z.strictObject({
    type: z.literal('true-false'),
    ...common,
    answer: z.boolean(),
    feedbackTrue: RichText,
    feedbackFalse: RichText,
  }),
  z.strictObject({ type: z.literal('short-answer'), ...common, ...textRules }),
  z.strictObject({ type: z.literal('numeric'), ...common, ...numberRules }),
  z.strictObject({
    type: z.literal('matching'),
    ...common,
    pairs: z.array(z.strictObject({ prompt: RichText, match: z.string().min(1).max(2_000) })).max(100),
    distractors: z.array(z.string().min(1).max(2_000)).max(100),
    shuffle: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('ordering'),
    ...common,
    /** In the right order. */
    items: z.array(RichText).max(100),
    /** `exact`: all or nothing. `position`: a share for each item in its place. `pairs`: a share for each two items in the right order. */
    credit: z.enum(['exact', 'position', 'pairs']),
  }),
  z.strictObject({ type: z.literal('gap-fill'), ...common, gaps: z.array(Gap).max(100) }),
  z.strictObject({
    type: z.literal('essay'),
    ...common,
    /** Text that the student starts from. */
    template: z.string().max(20_000),
    maxWords: z.int().positive().max(100_000).nullable(),
    /** Seen by markers only. */
    markingNotes: RichText,
  }),
  z.strictObject({ type: z.literal('description'), ...common }),
])
export type Question = z.infer<typeof Question>
export type QuestionType = Question['type']
