import type { EventData, EventName } from '@hourglass/events/contracts'
import type { Role } from '@hourglass/kit/auth/principal'
import { type Api, createApi } from '@hourglass/support/api'
import { tokenFor } from '@hourglass/testing/service'
import { type CanaryQuiz, createCanaryQuiz } from './canary-quiz'
import type { Side } from './requests'
import { createSecret, type Secret } from './secrets'
import type { Services } from './services'

export type Person = { personId: string; role: Role; name: Secret; email: Secret; api: Api; authorization: string }

/** One class with its teacher, two students who sit the same exam, one who has left it, and a quiz whose every secret is known. */
export type Half = {
  teacher: Person
  student: Person
  classmate: Person
  quiz: CanaryQuiz
  side: Side
  classmateAttempt: string
  /** Question type → its id in the paper. */
  paperQuestions: Record<string, string>
  classmateSecrets: Secret[]
}

/** An account with a name and an address that stand nowhere else. */
export async function createPerson(services: Services, role: Role): Promise<Person> {
  const admin = createApi(services.url, {
    authorization: await tokenFor({ personId: Bun.randomUUIDv7(), role: 'admin' }),
  })
  const [name, email] = [createSecret(`name of a ${role}`), createSecret(`e-mail of a ${role}`)]
  const account = { role, name: name.token, email: `${email.token}@example.org` }
  const { id } = await admin.must<{ id: string }>('POST', '/api/people', account)
  const authorization = await tokenFor({ personId: id, role, name: name.token })
  return { personId: id, role, name, email, authorization, api: createApi(services.url, { authorization }) }
}

const tell = <Name extends EventName>({ bus }: Services, name: Name, data: EventData<Name>) =>
  bus.publish({ id: Bun.randomUUIDv7(), name, version: 1, occurredAt: new Date().toISOString(), data })

type Member = EventData<'class.changed'>['members'][number]

/** Written where its owner keeps it, and told as its owner tells it. */
async function createClass(services: Services, classId: string, members: Member[]): Promise<void> {
  const { sql } = services.databases.students
  await sql`insert into students.classes (id, name) values (${classId}, 'A class')`
  for (const { personId, role, groups } of members) {
    await sql`insert into students.members (class_id, person_id, role, groups) values (${classId}, ${personId}, ${role}, ${groups})`
  }
  await tell(services, 'class.changed', { classId, revision: 1, name: 'A class', isArchived: false, members })
}

/** The exam is open for an hour and nothing of it may be reviewed before its teacher releases it. */
export async function createHalf(services: Services): Promise<Half> {
  const [teacher, student, classmate, leaver] = [
    await createPerson(services, 'teacher'),
    await createPerson(services, 'student'),
    await createPerson(services, 'student'),
    await createPerson(services, 'student'),
  ]
  const classId = Bun.randomUUIDv7()
  const members = [teacher, student, classmate, leaver].map(({ personId, role }) => ({
    ...{ personId, groups: ['g'] },
    role: role === 'teacher' ? ('teacher' as const) : ('student' as const),
  }))
  await createClass(services, classId, members)
  const quiz = createCanaryQuiz()
  const ids: string[] = []
  for (const question of quiz.questions) {
    ids.push((await teacher.api.must<{ id: string }>('POST', '/api/questions', { question })).id)
  }
  const items = ids.map((questionId) => ({ kind: 'fixed', questionId, maxMarks: null }))
  const intro = { format: 'plain', text: '' }
  const sections = [{ id: 's', title: 'Part one', intro, shuffleQuestions: false, items }]
  const draft = await teacher.api.must<{ id: string; revision: number }>('POST', '/api/quizzes', {
    title: 'A quiz',
    sections,
  })
  const version = await teacher.api.must<{ digest: string }>('POST', `/api/quizzes/${draft.id}/publish`, {})
  await services.settle()
  const nothing = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }
  const everything = { response: true, correctness: true, marks: true, feedback: true, rightAnswer: true }
  const exam = await teacher.api.must<{ examId: string }>('POST', '/api/exams', {
    versionDigest: version.digest,
    classId,
    limitSeconds: 3_600,
    reviewOptions: { during: nothing, justAfter: everything, whileOpen: everything, afterClose: everything },
  })
  const override = await teacher.api.must<{ overrideId: string }>('POST', '/api/overrides', {
    examId: exam.examId,
    personId: classmate.personId,
    limitSeconds: 7_200,
  })
  await services.settle()
  const start = async ({ api }: Person) =>
    api.must<{ attemptId: string; paper: { sections: { questions: { id: string; type: string }[] }[] } }>(
      'POST',
      '/api/attempts',
      { examId: exam.examId },
    )
  const attempt = await start(student)
  const other = await start(classmate)
  const left = await start(leaver)
  await leaver.api.must('POST', `/api/attempts/${left.attemptId}/submit`)
  const questions = attempt.paper.sections.flatMap((section) => section.questions)
  const paperQuestions = Object.fromEntries(questions.map(({ id, type }) => [type, id]))
  const essay = createSecret('essay of a classmate')
  await classmate.api.must('PUT', `/api/attempts/${other.attemptId}/answers/${paperQuestions.essay}`, {
    operationId: Bun.randomUUIDv7(),
    seq: 1,
    response: { type: 'essay', text: essay.token },
  })
  await services.settle()
  const regrade = await teacher.api.must<{ regradeId: string }>('POST', '/api/regrades', {
    ...{ examId: exam.examId, questionId: paperQuestions.essay, correction: { mode: 'full-credit' } },
    ...{ reason: 'the question was unclear', gradingVersion: 1 },
  })
  await services.settle()
  const { items: mail } = await student.api.must<{ items: { id: string }[] }>('GET', '/api/messages')
  return {
    ...{ teacher, student, classmate, quiz, paperQuestions, classmateAttempt: other.attemptId },
    classmateSecrets: [essay, teacher.email, classmate.email, classmate.name, leaver.email, leaver.name],
    side: {
      ...{ student: student.personId, teacher: teacher.personId, class: classId, event: Bun.randomUUIDv7() },
      ...{ quiz: draft.id, quizRevision: draft.revision, question: ids[0] ?? '', questionRevision: 1 },
      ...{ version: version.digest, exam: exam.examId, override: override.overrideId, attempt: attempt.attemptId },
      ...{ sealedAttempt: left.attemptId, paperQuestion: paperQuestions.essay ?? '' },
      message: mail[0]?.id ?? '',
      regrade: regrade.regradeId,
    },
  }
}
