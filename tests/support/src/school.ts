import { eventually } from '@hourglass/testing/poll'
import { type Api, createApi, signIn } from './api'
import type { Program } from './program'

export type Person = { personId: string; name: string; email: string; password: string }
/** A teacher, a class with its students, and a published quiz. */
export type School = { teacher: Person; classId: string; students: Person[]; versionDigest: string }

const password = 'a pendulum at rest'

let schools = 0

/**
 * Makes a school by the public API alone, as its people would: the admin invites a teacher, who imports a roster and a quiz in GIFT
 * and publishes it; everybody accepts the invitation.
 */
export async function createSchool(
  program: Pick<Program, 'url' | 'admin'>,
  options: { students: number; gift?: string },
): Promise<School> {
  schools++
  // Several may be on one program; the first has the same addresses in every run, since random choices are drawn by address.
  const domain = schools === 1 ? 'school.example' : `school-${schools}.example`
  const api = createApi(program.url, { timeoutMs: 60_000 })
  const admin = await signIn(api, program.admin.email, program.admin.password)
  const teacher = await inviteTeacher(api, admin, domain)
  const asTeacher = await signIn(api, teacher.email, teacher.password)
  const { id: classId } = await asTeacher.must<{ id: string }>('POST', '/api/classes', { name: 'Physics' })
  const students = await importStudents(api, asTeacher, { classId, domain, count: options.students })
  const versionDigest = await publishGift(asTeacher, options.gift ?? pendulumGift)
  return { teacher, classId, students, versionDigest }
}

/** Schedules an exam for the class as its teacher; answers its id. What the exam room must know first takes a moment to arrive. */
export async function scheduleExam(api: Api, school: School, settings: Record<string, unknown>): Promise<string> {
  const { classId, versionDigest } = school
  const exam = await eventually(
    () => api.must<{ examId: string }>('POST', '/api/exams', { classId, versionDigest, ...settings }),
    { withinMs: 20_000, everyMs: 200 },
  )
  return exam.examId
}

async function inviteTeacher(api: Api, admin: Api, domain: string): Promise<Person> {
  const person = { name: 'Maria Winkelmann', email: `maria@${domain}` }
  const { id } = await admin.must<{ id: string }>('POST', '/api/people', { role: 'teacher', ...person })
  const { link } = await admin.must<{ link: string }>('POST', `/api/people/${id}/invitation`)
  await acceptInvitation(api, link)
  return { personId: id, ...person, password }
}

const acceptInvitation = (api: Api, link: string) =>
  api.must('POST', '/api/invitations/accept', { token: link.slice(link.indexOf('#') + 1), password })

type Report = { rows: { email: string; name: string; personId: string; invitation: string }[] }

/** A roster has so many rows at the most. */
const rosterRows = 1_000

async function importStudents(
  api: Api,
  teacher: Api,
  { classId, domain, count }: { classId: string; domain: string; count: number },
): Promise<Person[]> {
  const lines = Array.from({ length: count }, (_, index) => `Student ${index},student-${index}@${domain}`)
  const rows: Report['rows'] = []
  for (let from = 0; from < count; from += rosterRows) {
    const roster = `name,email\n${lines.slice(from, from + rosterRows).join('\n')}`
    rows.push(...(await teacher.must<Report>('POST', `/api/classes/${classId}/roster`, roster)).rows)
  }
  await inParallel(4, rows, ({ invitation }) => acceptInvitation(api, invitation))
  return rows.map(({ personId, name, email }) => ({ personId, name, email, password }))
}

/** Imports a quiz in GIFT as its teacher and publishes it; answers the version's digest. */
export async function publishGift(teacher: Api, gift: string): Promise<string> {
  const { quiz } = await teacher.must<{ quiz: { id: string } }>('POST', '/api/quizzes/import?format=gift', gift)
  const { digest } = await teacher.must<{ digest: string }>('POST', `/api/quizzes/${quiz.id}/publish`, {})
  return digest
}

/** Runs `work` for each, at most `width` at once; answers in the order given. */
export async function inParallel<Item, Result>(
  width: number,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = items.map((item, index) => ({ item, index }))
  const run = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results[next.index] = await work(next.item, next.index)
    }
  }
  await Promise.all(Array.from({ length: width }, run))
  return results
}

/** Stands in the key of every school's quiz: no byte to a student may hold it before the review. */
export const keyCanary = 'canary-in-the-key-7c1e'

/** Questions of the types that the server marks by itself, so that results are complete without a person. */
const pendulumGift = `
::Period:: A pendulum of length l swings a little. What sets its period? {=Its length ~Its mass ~Its colour ~The hour}

::Longer:: Which make the period longer? {~%50%A longer thread ~%50%The Moon ~%-50%A heavier bob ~%-50%Red paint}

::Isochronous:: For large amplitudes the period grows with the amplitude. {TRUE}

::Clock:: Who patented the first pendulum clock? {=Huygens =Christiaan Huygens =${keyCanary}}

::Seconds:: How long, in metres, is a pendulum with a period of 2 s? {#0.994:0.01}

::Units:: Match each quantity to its unit. {=Period -> s =Frequency -> Hz =Force -> N}

::Place:: Where is the period longest? {=On the Moon ~On Earth ~On Jupiter}

::Damped:: A damped pendulum comes to rest. {TRUE}
`
