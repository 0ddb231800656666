import { describe, expect, test } from 'bun:test'
import type { CorrectableQuestion } from '@hourglass/grading/model'
import { acceptedKind, type Draft, emptyDraft, readDraft } from './draft'

const question = (more: Partial<CorrectableQuestion>): CorrectableQuestion => ({
  ...{ questionId: 'q1', number: 1, html: '', maxMarks: '2', rightAnswer: null, corrections: [] },
  type: 'numeric',
  ...more,
})
const gaps = question({
  type: 'gap-fill',
  gaps: [
    { id: 'a', kind: 'choice', choices: [{ id: 'c1', html: 'One' }] },
    { id: 'b', kind: 'short' },
  ],
})
const read = (of: CorrectableQuestion, draft: Partial<Draft>) => readDraft(of, { ...emptyDraft, ...draft })

describe('the form of a correction', () => {
  test('says what is missing, field by field', () => {
    expect(read(question({}), {}).faults).toEqual({ mode: 'missing' })
    expect(read(question({}), { mode: 'accept', value: 'five', tolerance: '-1', weight: '0' }).faults).toEqual({
      ...{ value: 'notNumber', tolerance: 'notNumber', weight: 'notPercent' },
    })
    expect(read(gaps, { mode: 'accept' }).faults).toMatchObject({ gapId: 'missing' })
    expect(read(gaps, { mode: 'accept', gapId: 'a' }).faults).toEqual({ choiceId: 'missing' })
    expect(read(question({}), { mode: 'rescore' }).faults).toEqual({ keyDigest: 'missing' })
  })

  test('takes numbers as people write them', () => {
    expect(read(question({}), { mode: 'accept', value: '1,50', tolerance: '.5', weight: '33,3' }).correction).toEqual({
      mode: 'accept',
      answer: { kind: 'number', value: '1.50', tolerance: '0.5', weight: '33.3' },
    })
  })

  test('names the gap for a gap alone, and no field of another mode', () => {
    expect(read(gaps, { mode: 'accept', gapId: 'b', pattern: ' x ', choiceId: 'c1' }).correction).toEqual({
      mode: 'accept',
      answer: { kind: 'text', pattern: 'x', weight: '100', gapId: 'b' },
    })
    expect(read(gaps, { mode: 'drop', gapId: 'b', pattern: 'x' }).correction).toEqual({ mode: 'drop' })
  })

  test('offers no answer to accept where only another version can mark anew', () => {
    for (const type of ['multiple-choice', 'true-false', 'matching', 'ordering', 'essay'] as const) {
      expect(acceptedKind(question({ type }), null)).toBeNull()
    }
  })
})
