import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { type Api, createApi, signIn } from '@hourglass/support/api'
import { createSchool, type School } from '@hourglass/support/school'
import { eventually } from '@hourglass/testing/poll'
import type { Page } from 'playwright-core'
import { signInPage, startExam, storedWords } from './browser'
import { gift } from './quiz'

import { useStage } from './stage'

setDefaultTimeout(240_000)

const stage = useStage()
let school: School
let teacherApi: Api
beforeAll(async () => {
  school = await createSchool(stage.program, { students: 2 })
  teacherApi = await signIn(createApi(stage.program.url), school.teacher.email, school.teacher.password)
})

const answerAll = async (page: Page, essay: string) => {
  await page.getByRole('radio', { name: 'Helsinki' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your number').fill('144')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your answer').fill('Elias Lönnrot')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your text').fill(essay)
  await storedWords(page)
}

test('a quiz from its file to two reviews: import, publish, schedule, sit, seal, mark, release, review, one message each', async () => {
  const teacher = await signInPage(stage.browser, stage.program.url, school.teacher)
  const { page } = teacher

  await page.goto(`${stage.program.url}/teach/quizzes/import`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'finland.gift', mimeType: 'text/plain', buffer: Buffer.from(gift) })
  await page.getByRole('textbox', { name: /^Title of the new quiz/ }).fill('Finland')
  await page.getByRole('button', { name: 'Import 4 questions' }).click()
  await page.waitForURL(/\/teach\/quizzes\/[0-9a-f-]{36}$/)
  await page.goto(`${page.url()}/publish`)
  await page.getByRole('button', { name: 'Publish as a new version' }).click()
  await page.getByText('Version 1 is published').waitFor()
  // The version comes late: what the teacher has typed by then stays.
  await page.route('**/api/versions/*', async (route) => {
    await Bun.sleep(1_000)
    await route.continue()
  })
  const version = page.waitForResponse((response) => /\/api\/versions\/\w+$/.test(response.url()))
  await page.getByRole('link', { name: 'Schedule an exam' }).click()

  await page.getByLabel('Class', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('textbox', { name: /^Title that students see/ }).fill('Finland, final')
  await version
  await page.getByRole('textbox', { name: /^Time limit in minutes/ }).fill('0.5')
  for (const field of ['Own answer', 'Whether right', 'Marks', 'Feedback', 'Right answer']) {
    await page.getByRole('checkbox', { name: `${field}, Just after it` }).check()
  }
  await page.getByRole('button', { name: 'Schedule the exam' }).click()
  await page.waitForURL(/\/teach\/exams\/[0-9a-f-]{36}$/)
  const examId = page.url().split('/').at(-1) ?? ''

  const [quick, slow] = school.students
  if (!quick || !slow) throw new Error('the class has two students')
  await teacherApi.must('PUT', `/api/accommodations/${slow.personId}`, { timeFactor: '1.5', extraMinutes: 0 })
  const [a, b] = [
    await signInPage(stage.browser, stage.program.url, quick),
    await signInPage(stage.browser, stage.program.url, slow),
  ]
  await startExam(b.page, stage.program.url, examId)
  const startedAt = performance.now()
  expect(await b.page.getByRole('timer').textContent()).toMatch(/^0:4\d$/)
  await answerAll(b.page, 'Because its lattice is open.')

  await startExam(a.page, stage.program.url, examId)
  expect(await a.page.getByRole('timer').textContent()).toMatch(/^0:[23]\d$/)
  await answerAll(a.page, 'It is less dense.')
  await a.page.getByRole('button', { name: 'Submit', exact: true }).click()
  await a.page.getByText('All 4 questions are answered.').waitFor()
  await a.page.getByRole('button', { name: 'Submit now' }).click()
  await a.page.getByRole('heading', { name: 'Submitted' }).waitFor()
  await a.page.getByText('4 of 4 questions have a stored answer').waitFor()

  // Nobody presses anything for the other one: the clock does.
  await b.page.getByRole('heading', { name: 'The time has ended' }).waitFor({ timeout: 60_000 })
  expect((performance.now() - startedAt) / 1_000).toBeWithin(42, 52)

  await eventually(async () => {
    const { items } = await teacherApi.must<{ items: unknown[] }>('GET', `/api/marks?examId=${examId}`)
    if (items.length !== 2) throw new Error(`${items.length} essays wait for their mark`)
  })
  await page.goto(`${stage.program.url}/teach/exams/${examId}/marking`)
  for (const left of [1, 0]) {
    await page.getByRole('textbox', { name: 'Marks', exact: true }).fill('1')
    await page.getByRole('textbox', { name: /^Comment for the student/ }).fill('The reason is there.')
    await page
      .getByRole('button', { name: /^Store/ })
      .first()
      .click()
    await page.getByText(`of 2; ${left} to mark`).waitFor()
  }
  await page.goto(`${stage.program.url}/teach/exams/${examId}/results`)
  await page.getByRole('button', { name: 'Release results' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Release/ })
    .click()
  await page.getByText('Released', { exact: true }).first().waitFor()

  // Mail goes out within moments of the release; then there is one of each kind for each student.
  const admin = await signIn(createApi(stage.program.url), stage.program.admin.email, stage.program.admin.password)
  const subjectsOf = async (personId: string) => {
    const path = `/api/messages?personId=${personId}`
    const { items } = await admin.must<{ items: { subject: string }[] }>('GET', path)
    return items.map(({ subject }) => subject).toSorted()
  }
  for (const { personId } of school.students) {
    await eventually(async () => expect(await subjectsOf(personId)).toContain('Your result: Finland, final'), {
      withinMs: 30_000,
      everyMs: 500,
    })
    expect(await subjectsOf(personId)).toEqual(['Exam: Finland, final', 'Your result: Finland, final'])
  }
  for (const student of [a, b]) {
    await student.page.goto(`${stage.program.url}/results`)
    const result = student.page.getByRole('listitem').filter({ hasText: 'Finland, final' })
    await result.getByRole('link').click()
    await student.page.getByText('The reason is there.').waitFor()
    await student.page.getByText('Helsinki').first().waitFor()
    await student.page.goto(`${stage.program.url}/mailbox`)
    await student.page.getByText('Your result: Finland, final', { exact: true }).first().waitFor()
    expect(student.complaints).toEqual([])
  }
  expect(teacher.complaints).toEqual([])
})
