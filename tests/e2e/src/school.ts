import { type Api, createApi, signIn } from './api'
import { adminEmail, adminPassword } from './program'

export const everybodysPassword = 'a password for everybody'

export type Pupil = { email: string; name: string; personId: string }
export type School = { admin: Api; teacher: Api; teacherEmail: string; classId: string; pupils: Pupil[] }

/** A teacher with a class of `size` students, made by the public API alone; all have `everybodysPassword`. */
export async function foundSchool(url: string, size: number): Promise<School> {
  const api = createApi(url)
  const admin = await signIn(api, adminEmail, adminPassword)
  const mark = crypto.randomUUID().slice(0, 8)
  const teacherEmail = `teacher-${mark}@school.test`
  const { id } = await admin.must<{ id: string }>('POST', '/api/people', {
    ...{ role: 'teacher', name: 'Tess Teacher', email: teacherEmail },
  })
  const { link } = await admin.must<{ link: string }>('POST', `/api/people/${id}/invitation`)
  await accept(api, link)
  const teacher = await signIn(api, teacherEmail, everybodysPassword)
  const { id: classId } = await teacher.must<{ id: string }>('POST', '/api/classes', { name: `Class ${mark}` })
  const lines = Array.from({ length: size }, (_, n) => `Pupil ${n + 1},pupil-${n + 1}-${mark}@school.test`)
  type Row = { email: string; name: string; personId: string; invitation: string }
  const { rows } = await teacher.must<{ rows: Row[] }>(
    ...(['POST', `/api/classes/${classId}/roster`, `name,email\n${lines.join('\n')}\n`] as const),
    { 'content-type': 'text/csv' },
  )
  // Four at a time: hashing a password takes a core for a moment.
  for (let at = 0; at < rows.length; at += 4) {
    await Promise.all(rows.slice(at, at + 4).map(({ invitation }) => accept(api, invitation)))
  }
  return {
    admin,
    teacher,
    teacherEmail,
    classId,
    pupils: rows.map(({ email, name, personId }) => ({ email, name, personId })),
  }
}

/** Imports a GIFT text as a quiz and publishes it; answers the version's digest. */
export async function publishGift(teacher: Api, title: string, gift: string): Promise<string> {
  const path = `/api/quizzes/import?format=gift&title=${encodeURIComponent(title)}`
  const report = await teacher.must<{ quiz: { id: string } }>('POST', path, gift, { 'content-type': 'text/plain' })
  const version = await teacher.must<{ digest: string }>('POST', `/api/quizzes/${report.quiz.id}/publish`, {})
  return version.digest
}

/** Schedules an exam; waits until class and version have reached the exam room. */
export async function scheduleExam(teacher: Api, exam: Record<string, unknown>): Promise<string> {
  const giveUpAt = performance.now() + 10_000
  while (true) {
    const answer = await teacher.ask<{ examId: string; message: string }>('POST', '/api/exams', exam)
    if (answer.status === 201) return answer.body.examId
    if (performance.now() > giveUpAt) throw new Error(`the exam was not scheduled: ${JSON.stringify(answer.body)}`)
    await Bun.sleep(100)
  }
}

async function accept(api: Api, link: string): Promise<void> {
  const token = link.slice(link.indexOf('#') + 1)
  await api.must('POST', '/api/invitations/accept', { token, password: everybodysPassword })
}
