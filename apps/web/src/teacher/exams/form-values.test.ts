import { describe, expect, test } from 'bun:test'
import type { Exam } from '@hourglass/exams/model'
import {
  emptyValues,
  findFaults,
  fromExam,
  notChanged,
  parseAttempts,
  parseMinutes,
  toExamChange,
  toNewExam,
} from './form-values'

const filled = {
  ...emptyValues(),
  title: ' Term 1 ',
  versionDigest: 'ab'.repeat(32),
  classId: 'c1',
  limitMinutes: '1,5',
}

const exam: Exam = {
  ...toNewExam(filled),
  title: 'Term 1',
  examId: 'e1',
  revision: 3,
  className: 'A',
  ownerId: 'p1',
  paperDigest: '',
  keyDigest: '',
  hasPassword: true,
  isCancelled: false,
  createdAt: '2026-11-01T09:00:00.000Z',
  updatedAt: '2026-11-01T09:00:00.000Z',
  serverTime: '2026-11-01T09:00:00.000Z',
}

describe('the form of an exam', () => {
  test('an empty limit is no limit; what is no number is refused', () => {
    expect([parseMinutes(''), parseMinutes('1,5'), parseMinutes('0'), parseMinutes('soon')]).toEqual([
      null,
      90,
      undefined,
      undefined,
    ])
    expect([parseAttempts(''), parseAttempts('3'), parseAttempts('1.5')]).toEqual([null, 3, undefined])
  })

  test('names everything that is missing, and nothing when it is whole', () => {
    expect([...findFaults(emptyValues(), true)].sort()).toEqual(['class', 'title', 'version'])
    expect(findFaults(filled, true).size).toBe(0)
    const backwards = { ...filled, opensAt: '2026-12-02T09:00:00.000Z', closesAt: '2026-12-01T09:00:00.000Z' }
    expect([...findFaults(backwards, true)]).toEqual(['window'])
  })

  test('what was typed before the quiz had loaded stays; the rest follows the quiz, also the next one', () => {
    const typed = { ...emptyValues(), title: 'Term 1' }
    const first = { ...emptyValues(), title: 'Finland', limitMinutes: '30' }
    expect(notChanged(typed, emptyValues(), first)).toMatchObject({ limitMinutes: '30' })
    expect(notChanged(typed, emptyValues(), first)).not.toHaveProperty('title')
    const second = { ...first, title: 'Sweden', limitMinutes: '45' }
    const marked = { ...first, reviewOptions: { ...first.reviewOptions, during: first.reviewOptions.afterClose } }
    expect(notChanged(marked, first, second)).toMatchObject({ title: 'Sweden', limitMinutes: '45' })
    expect(notChanged(marked, first, second)).not.toHaveProperty('reviewOptions')
  })

  test('an exam that is read and not touched sends nothing', () => {
    expect(toExamChange(fromExam(exam), exam)).toBeNull()
  })

  test('a change sends what changed, with the revision it was made to', () => {
    const values = { ...fromExam(exam), limitMinutes: '30', passwordChoice: 'none' as const }
    expect(toExamChange(values, exam)).toEqual({ limitSeconds: 1_800, password: null, revision: 3 })
  })
})
