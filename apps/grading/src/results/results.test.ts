import { afterAll, describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { choiceQuestion, choose, createClassroom, createGrading, newId, sit } from '../../fixtures/classroom'
import { toCsv } from './csv'
import { combineAttempts } from './final-mark'
import type { ResultsPage } from './model'

const grading = await createGrading()
const { ask, deliver } = grading
afterAll(() => grading.close())

describe('the grading method', () => {
  const attempts = ['1.1', '3.3', '2.2'].map((marks, index) => ({ number: index + 1, marks, maxMarks: '4' }))
  test.each([
    ['highest', '3.3', '82.5'],
    ['average', '2.2', '55'],
    ['first', '1.1', '27.5'],
    ['last', '2.2', '55'],
  ] as const)('%s of several attempts is exact, in whatever order they come', (method, marks, percent) => {
    for (const order of [attempts, attempts.toReversed()]) {
      expect(combineAttempts(method, order)).toEqual({ marks, maxMarks: '4', percent, isFinal: true })
    }
  })

  test('an average of thirds is rounded once, at the end', () => {
    const of = (...marks: string[]) =>
      combineAttempts(
        'average',
        marks.map((each, index) => ({ number: index, marks: each, maxMarks: '1' })),
      )
    expect(of('1', '1', '0')).toMatchObject({ marks: '0.66667', percent: '66.67' })
    expect(of('0.1', '0.2', '0.3').marks).toBe('0.2')
  })

  test('what waits for a mark makes the final mark provisional; first and last wait for their own attempt', () => {
    const waiting = [...attempts, { number: 4, marks: null, maxMarks: '4' }]
    expect(combineAttempts('highest', waiting)).toMatchObject({ marks: '3.3', isFinal: false })
    expect(combineAttempts('last', waiting)).toMatchObject({ marks: null, isFinal: false })
    expect(combineAttempts('first', waiting)).toMatchObject({ marks: '1.1', isFinal: true })
    expect(combineAttempts('average', [])).toEqual({ marks: null, maxMarks: null, percent: null, isFinal: false })
  })
})

describe('the table', () => {
  test('is sorted and paged by each column, every attempt once, the same forwards and backwards', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1', '2'), choiceQuestion('q2')], 7)
    await deliver('exam.scheduled', room.exam)
    for (const [index, pupil] of room.pupils.entries()) {
      const sealedAt = new Date(Date.now() - index * 1_000)
      const sealed = await sit(
        grading,
        room,
        pupil,
        { q1: choose(index % 2 ? 'a' : 'b'), q2: choose('c') },
        { sealedAt },
      )
      const { attemptId, examId, personId, number, startedAt } = sealed
      if (index === 6) await deliver('attempt.started', { attemptId, examId, personId, number, startedAt })
      else await deliver('attempt.sealed', sealed)
    }
    const read = async (query: string) => {
      const ids: string[] = []
      let cursor = ''
      for (let turn = 0; turn < 9; turn++) {
        const { body } = await ask(
          room.teacher,
          'GET',
          `/api/results?examId=${room.exam.examId}&limit=2&${query}${cursor}`,
        )
        const page: ResultsPage = body
        ids.push(...page.items.map(({ attemptId }) => attemptId))
        if (page.next === null) break
        cursor = `&cursor=${page.next}`
      }
      return ids
    }
    for (const sort of ['name', 'marks', 'submitted', 'duration', 'state']) {
      const ids = await read(`sort=${sort}`)
      expect([ids.length, new Set(ids).size]).toEqual([7, 7])
      expect(await read(`sort=${sort}&order=desc`)).toEqual(ids.toReversed())
    }
    const { body } = await ask(room.teacher, 'GET', `/api/results?examId=${room.exam.examId}&sort=marks&order=desc`)
    expect(body.exam).toMatchObject({
      counts: { open: 1, complete: 6 },
      questions: [{ questionId: 'q1', number: 1 }, { questionId: 'q2' }],
    })
    expect(body.items[0]).toMatchObject({
      state: 'complete',
      marks: '2.5',
      maxMarks: '3',
      percent: '83.33',
      durationSeconds: 600,
      questions: [
        { questionId: 'q1', marks: '2' },
        { questionId: 'q2', marks: '0.5' },
      ],
    })
    expect(body.items.at(-1)).toMatchObject({ state: 'open', marks: null, sealedAt: null, questions: [] })
  })
})

describe('the gradebook', () => {
  test('holds each student of the class with the final mark of each exam, as JSON and as CSV', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1', '2')])
    const second = {
      ...room,
      exam: { ...room.exam, examId: newId(), title: '=HYPERLINK("x")', gradingMethod: 'average' as const },
    }
    for (const { exam } of [room, second]) await deliver('exam.scheduled', exam)
    const [pupil] = room.pupils
    if (!pupil) throw new Error('no student')
    for (const number of [1, 2]) {
      await deliver(
        'attempt.sealed',
        await sit(grading, second, pupil, { q1: choose(number === 1 ? 'a' : 'c') }, { number }),
      )
    }
    const path = `/api/results/gradebook?classId=${room.classId}`
    const { body } = await ask(room.teacher, 'GET', path)
    expect(body.students).toMatchObject([
      {
        name: 'Student 1',
        results: [
          { marks: null, attempts: 0 },
          { marks: '1.5', percent: '75', attempts: 2, isFinal: true },
        ],
      },
      { name: 'Student 2', results: [{ marks: null }, { marks: null }] },
    ])
    const csv = await ask(room.teacher, 'GET', `${path}&format=csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.text.replace('\uFEFF', '').split('\r\n')).toEqual([
      `Name,E-mail,Exam,Exam (%),"'=HYPERLINK(""x"") (of 2)","'=HYPERLINK(""x"") (%)"`,
      'Student 1,student.1@example.org,,,1.5,75',
      'Student 2,student.2@example.org,,,,',
      '',
    ])
    expect((await ask(room.teacher, 'GET', path, undefined, { accept: 'text/csv' })).text).toContain('Name,E-mail')
    expect((await ask(room.teacher, 'GET', '/api/results/gradebook')).status).toBe(400)
  })

  test('starts with the mark that tells Excel it is UTF-8, and no cell of it can run', () => {
    expect(toCsv([['é']])).toBe('\uFEFFé\r\n')
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t=', '\r=', ' =', '＝'), fc.string(), (start, rest) => {
        const cell = toCsv([[start + rest]]).replace(/^\uFEFF"?/, '')
        expect(/^'/.test(cell) || /^-\d+(\.\d+)?\r\n$/.test(cell)).toBe(true)
      }),
    )
  })
})
