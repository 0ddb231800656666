import type { Rational } from './rational'

/** What a type's rule says of one answer, before the floor and before rounding. */
export type Raw = { fraction: Rational; feedback: string[] }

export type Outcome = Raw & { state: 'correct' | 'partial' | 'wrong' | 'unanswered' }
