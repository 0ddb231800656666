import { afterAll, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import {
  choiceQuestion,
  choose,
  createClassroom,
  createGrading,
  essayQuestion,
  sit,
  write,
} from '../../fixtures/classroom'
import { manualMarks, outbox } from '../schema'

const grading = await createGrading()
const { ask, db, deliver } = grading
afterAll(() => grading.close())

async function sitEssays(students = 1) {
  const room = await createClassroom(
    grading,
    [choiceQuestion('q1'), essayQuestion('e1'), essayQuestion('e2', '2')],
    students,
  )
  await deliver('exam.scheduled', room.exam)
  const sealed = []
  for (const pupil of room.pupils) {
    const each = await sit(grading, room, pupil, {
      q1: choose('a'),
      e1: write(`one of ${pupil.name}`),
      e2: write('two'),
    })
    await deliver('attempt.sealed', each)
    sealed.push(each)
  }
  const [first] = sealed
  if (!first) throw new Error('nobody sat')
  const mark = (questionId: string, body: unknown) =>
    ask(room.teacher, 'PUT', `/api/marks/${first.attemptId}/${questionId}`, body)
  const queue = async (query = '') =>
    (await ask(room.teacher, 'GET', `/api/marks?examId=${room.exam.examId}${query}`)).body
  return { room, attemptId: first.attemptId, mark, queue }
}

describe('marking by hand', () => {
  test('a result is complete when nothing is pending, and its total is exact', async () => {
    const { attemptId, mark, queue } = await sitEssays()
    expect((await queue()).questions).toMatchObject([
      { questionId: 'e1', number: 2, pending: 1, marked: 0, markingNotesHtml: 'secret notes' },
      { questionId: 'e2', number: 3, pending: 1, marked: 0 },
    ])
    expect((await mark('e1', { marks: '2.50', comment: 'Well argued', revision: 0 })).body).toMatchObject({
      revision: 1,
      marks: '2.5',
      attempt: { needsMarking: true, marks: '3.5', maxMarks: '7' },
    })
    expect((await mark('e2', { marks: '0.1', comment: '', revision: 0 })).body.attempt).toEqual({
      needsMarking: false,
      marks: '3.6',
      maxMarks: '7',
    })
    expect((await queue()).items).toEqual([])
    expect((await queue('&state=all')).items).toHaveLength(2)
    const ready = (await db.select().from(outbox).where(eq(outbox.name, 'result.ready'))).map(({ data }) => data)
    expect(ready).toMatchObject([
      { attemptId, needsMarking: true },
      { attemptId, needsMarking: false },
    ])
  })

  test('two markers never overwrite each other unseen: the second is told what the first gave', async () => {
    const { mark } = await sitEssays()
    const first = { marks: '1', comment: 'a', revision: 0 }
    const outcomes = await Promise.all([mark('e1', first), mark('e1', { marks: '3', comment: 'b', revision: 0 })])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const refused = outcomes.find(({ status }) => status === 409)?.body
    expect(refused).toMatchObject({ kind: 'stale', current: { revision: 1, markedBy: { name: 'Tess Teacher' } } })
  })

  test('a mark whose answer was lost is sent again with no second effect', async () => {
    const { attemptId, mark } = await sitEssays()
    const given = { marks: '1', comment: 'a', revision: 0 }
    const [one, two] = [await mark('e1', given), await mark('e1', given)]
    expect(two.text).toBe(one.text)
    expect(await db.$count(manualMarks, eq(manualMarks.attemptId, attemptId))).toBe(1)
  })

  test('every revision is kept, and an automatic mark can be replaced', async () => {
    const { room, attemptId, mark } = await sitEssays()
    await mark('q1', { marks: '0.5', comment: 'half', revision: 0 })
    await mark('q1', { marks: '0.75', comment: 'more', revision: 1 })
    const { body } = await ask(room.teacher, 'GET', `/api/results/${attemptId}`)
    expect(body.questions[0]).toMatchObject({
      marks: '0.75',
      state: 'partial',
      isManual: true,
      revision: 2,
      given: [
        { marks: '0.5', comment: 'half' },
        { marks: '0.75', comment: 'more', isCurrent: true },
      ],
    })
  })

  test.each([
    ['4.00001', 422],
    ['-1', 422],
    ['1e3', 422],
    ['1.000001', 422],
    ['4', 200],
    ['0', 200],
  ])('of 4 marks, %p answers %p', async (marks, status) => {
    const { mark } = await sitEssays()
    expect((await mark('e1', { marks, comment: '', revision: 0 })).status).toBe(status)
  })

  test('the anonymous queue names nobody, and pages through every answer once', async () => {
    const { room, queue } = await sitEssays(5)
    const seen: string[] = []
    let cursor = ''
    for (let turn = 0; turn < 9; turn++) {
      const page = await queue(`&anonymous=true&limit=3${cursor}`)
      expect(JSON.stringify(page.items)).not.toContain('"name"')
      seen.push(
        ...page.items.map((item: { attemptId: string; questionId: string }) => `${item.attemptId} ${item.questionId}`),
      )
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect([seen.length, new Set(seen).size]).toEqual([room.pupils.length * 2, room.pupils.length * 2])
  })

  test('a field that nobody knows is refused, and so is a text that the database cannot hold', async () => {
    const { mark } = await sitEssays()
    const good = { marks: '1', comment: '', revision: 0 }
    expect((await mark('e1', { ...good, released: true })).status).toBe(422)
    expect((await mark('e1', { ...good, comment: 'a\u0000b' })).status).toBe(422)
    expect((await mark('nowhere', good)).status).toBe(404)
  })

  test('a mark for an answer that was replaced meanwhile is refused', async () => {
    const { mark } = await sitEssays()
    const { status, body } = await mark('e1', { marks: '1', comment: '', revision: 0, responseDigest: 'f'.repeat(64) })
    expect([status, body.kind]).toEqual([409, 'answer-changed'])
  })
})
