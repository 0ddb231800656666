import { type Client, createClient, signIn } from '../client'
import { eventually } from './eventually'
import { demoAdmin, demoPassword, demoStudents, demoTeachers } from './people'
import { drawSwing } from './picture'
import { createDemoQuestions } from './questions'
import { sitPastExam } from './sittings'

/**
 * Loads a school to play with through the public API, as its people would: an admin invites teachers, a teacher imports a
 * roster, writes a quiz, schedules one exam for now and one for tomorrow; a third was sat by everybody and has its results.
 */
export async function loadDemo(url: string): Promise<void> {
  const admin = await signIn(url, demoAdmin.email, demoAdmin.password)
  for (const person of demoTeachers) await join(url, await inviteTeacher(admin, person))
  const teacher = await signIn(url, demoTeachers[0].email, demoPassword)
  const classId = await makeClass(url, teacher)
  const version = await publishQuiz(teacher)
  const now = Date.now()
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  // Class and version reach the exam room as events, within a moment.
  const schedule = (title: string, settings: object) =>
    eventually(() =>
      teacher.ask<{ examId: string }>('POST', '/api/exams', {
        ...{ versionDigest: version, classId, title },
        ...settings,
      }),
    )
  const past = await schedule('Pendulum: first test', { opensAt: at(-10), closesAt: at(24 * 60), limitSeconds: 2_700 })
  await sitPastExam(url, teacher, past.examId)
  await schedule('Pendulum: try it now', {
    ...{
      opensAt: at(-5),
      closesAt: at(30 * 24 * 60),
      limitSeconds: 1_800,
      attemptsAllowed: null,
      release: 'automatic',
    },
    reviewOptions: { during: nothing, justAfter: everything, whileOpen: everything, afterClose: everything },
  })
  await schedule('Pendulum: final', { opensAt: at(24 * 60), closesAt: at(26 * 60), limitSeconds: 3_600, layout: 'all' })
}

const nothing = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }
const everything = { response: true, correctness: true, marks: true, feedback: true, rightAnswer: true }

async function inviteTeacher(admin: Client, person: { name: string; email: string }): Promise<string> {
  const { id } = await admin.ask<{ id: string }>('POST', '/api/people', { role: 'teacher', ...person })
  return (await admin.ask<{ link: string }>('POST', `/api/people/${id}/invitation`)).link
}

/** Accepts an invitation with everybody's password. */
async function join(url: string, link: string): Promise<void> {
  const token = link.slice(link.indexOf('#') + 1)
  await createClient(url).ask('POST', '/api/invitations/accept', { token, password: demoPassword })
}

async function makeClass(url: string, teacher: Client): Promise<string> {
  const { id } = await teacher.ask<{ id: string }>('POST', '/api/classes', { name: 'Physics 1' })
  const lines = demoStudents.map(({ name, email, groups }) => `${name},${email},${groups}`)
  const roster = ['name,email,groups', ...lines].join('\n')
  type Report = { rows: { email: string; personId: string; invitation: string }[] }
  const { rows } = await teacher.ask<Report>('POST', `/api/classes/${id}/roster`, roster)
  for (const { invitation } of rows) await join(url, invitation)
  const slower = rows.find(({ email }) => email === demoStudents[1]?.email)
  const more = { timeFactor: '1.5', extraMinutes: 0, note: 'Certificate of 2026' }
  if (slower) await teacher.ask('PUT', `/api/accommodations/${slower.personId}`, more)
  return id
}

/** Answers the digest of the published version. */
async function publishQuiz(teacher: Client): Promise<string> {
  const picture = await teacher.ask<{ url: string }>('POST', '/api/images', drawSwing())
  const items: { kind: 'fixed'; questionId: string; maxMarks: null }[] = []
  for (const question of createDemoQuestions(picture.url)) {
    const { id } = await teacher.ask<{ id: string }>('POST', '/api/questions', { question })
    items.push({ kind: 'fixed', questionId: id, maxMarks: null })
  }
  const empty = { format: 'plain', text: '' }
  const section = (id: string, title: string, part: typeof items) => ({
    ...{ id, title, intro: empty, shuffleQuestions: false, items: part },
  })
  const quiz = await teacher.ask<{ id: string }>('POST', '/api/quizzes', {
    title: 'The pendulum',
    intro: {
      format: 'markdown',
      text: 'Ten questions about pendulums and clocks. **Every answer is stored as you go.**',
    },
    sections: [section('s1', 'Swing', items.slice(0, 6)), section('s2', 'Clocks', items.slice(6))],
  })
  return (await teacher.ask<{ digest: string }>('POST', `/api/quizzes/${quiz.id}/publish`, {})).digest
}
