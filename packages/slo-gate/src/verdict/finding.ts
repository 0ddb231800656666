export const verdicts = ['pass', 'warn', 'cannot-tell', 'block'] as const
/** From the best to the worst. */
export type Verdict = (typeof verdicts)[number]

/** A number that a row looked at. */
export type Figure = { name: string; value: number | null; threshold: number | null; query: string | null }

/** What one row of the table says of an SLO. */
export type Finding = {
  /** Its number in the table of docs/slo-gate.md. */
  row: number
  verdict: Verdict
  /** A word for machines: `fast-burn`. */
  kind: string
  /** A sentence for people. */
  what: string
  /** Seconds since 1970 from which on this row would say otherwise, if nothing new goes wrong; `null` where nobody knows. */
  until: number | null
  figures: readonly Figure[]
  /** No later row is asked. */
  isFinal: boolean
}

export const worstOf = (found: readonly Verdict[]): Verdict =>
  verdicts[Math.max(0, ...found.map((each) => verdicts.indexOf(each)))] ?? 'cannot-tell'

type Words = { kind: string; what: string; until?: number | null; figures?: readonly Figure[] }

const finding = (row: number, verdict: Verdict, isFinal: boolean, words: Words): Finding => ({
  ...{ row, verdict, isFinal, until: null, figures: [] },
  ...words,
})

export const block = (row: number, words: Words): Finding => finding(row, 'block', true, words)
export const cannotTell = (row: number, words: Words): Finding => finding(row, 'cannot-tell', true, words)
/** A warning ends nothing: a later row may still block. */
export const warn = (row: number, words: Words): Finding => finding(row, 'warn', false, words)
export const note = (row: number, words: Words): Finding => finding(row, 'pass', false, words)
/** Passes, whatever the rows below would say. */
export const pass = (row: number, words: Words): Finding => finding(row, 'pass', true, words)
