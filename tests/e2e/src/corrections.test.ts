import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { demoPassword, demoStudents, demoTeachers } from '@hourglass/hourglass/demo/people'
import { type Api, createApi, signIn } from '@hourglass/support/api'
import type { Page } from 'playwright-core'
import { findViolations } from './accessibility'
import { signInPage } from './browser'
import { useStage } from './stage'

setDefaultTimeout(120_000)

const stage = useStage({ hasDemo: true })
let api: Api
let examId: string
beforeAll(async () => {
  api = await signIn(createApi(stage.program.url), demoTeachers[0].email, demoPassword)
  const { items } = await api.must<{ items: { examId: string; title: string }[] }>('GET', '/api/exams')
  examId = items.find(({ title }) => title.includes('first'))?.examId ?? ''
})

type Row = { attemptId: string; marks: string; maxMarks: string }
const totals = async () =>
  (await api.must<{ items: Row[] }>('GET', `/api/results?examId=${examId}&limit=200`)).items.map(
    ({ attemptId, marks, maxMarks }) => `${attemptId} ${marks}/${maxMarks}`,
  )
const open = async (page: Page, number: number) => {
  await page.goto(`${stage.program.url}/teach/exams/${examId}/corrections`)
  await page.getByRole('link', { name: `Correct question ${number}`, exact: true }).click()
  await page.getByRole('heading', { name: `Correct question ${number}` }).waitFor()
}

test('a wrong key is corrected: who moves is shown first, marks follow at once, the student reads why, and it can be undone', async () => {
  const { page, complaints } = await signInPage(stage.browser, stage.program.url, {
    email: demoTeachers[0].email,
    password: demoPassword,
  })
  const before = await totals()
  await open(page, 1)
  await page.getByRole('button', { name: 'Show who moves' }).click()
  await page.getByText('Fill this in first.').waitFor()
  await page.getByRole('radio', { name: /^Leave the question out/ }).check()
  await page.getByRole('button', { name: 'Show who moves' }).click()
  const title = page.getByRole('heading', { name: 'What would happen' })
  await title.waitFor()
  expect(await title.evaluate((heading) => heading === document.activeElement)).toBe(true)
  expect(await findViolations(page)).toEqual([])
  expect(await totals()).toEqual(before)

  // Another choice is another effect: what was shown is gone until it is asked for again.
  await page.getByRole('radio', { name: /^Give everybody full marks/ }).check()
  await title.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Show who moves' }).click()
  await title.waitFor()
  await page.getByRole('button', { name: 'Correct and mark anew' }).click()
  await page.getByText('Fill this in first.').waitFor()
  await page.getByRole('textbox', { name: 'Reason' }).fill('Both readings of the question are right.')
  await page.getByRole('button', { name: 'Correct and mark anew' }).click()
  await page.getByText('Question 1 · Full marks for everybody').waitFor()
  expect(await findViolations(page)).toEqual([])
  expect(await totals()).not.toEqual(before)

  const student = await signInPage(stage.browser, stage.program.url, {
    email: demoStudents[0]?.email ?? '',
    password: demoPassword,
  })
  await student.page.goto(`${stage.program.url}/results`)
  await student.page.getByRole('listitem').filter({ hasText: 'first' }).getByRole('link').first().click()
  await student.page.getByText('Corrected after the exam: full marks for everybody').waitFor()
  await student.page.getByText('Both readings of the question are right.').waitFor()

  await page.getByRole('button', { name: 'Undo the correction of question 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await page.getByText(/^Undone by/).waitFor()
  expect(await totals()).toEqual(before)
  expect([...complaints, ...student.complaints]).toEqual([])
})

test('of two teachers who correct at once the second is told, and nothing is overwritten', async () => {
  const person = { email: demoTeachers[0].email, password: demoPassword }
  const pages = [
    await signInPage(stage.browser, stage.program.url, person),
    await signInPage(stage.browser, stage.program.url, person),
  ]
  for (const { page } of pages) {
    await open(page, 2)
    await page.getByRole('radio', { name: /^Leave the question out/ }).check()
    await page.getByRole('button', { name: 'Show who moves' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('It was unclear.')
  }
  const [first, second] = pages
  await first?.page.getByRole('button', { name: 'Correct and mark anew' }).click()
  await first?.page.getByText('Question 2 · Does not count').waitFor()
  await second?.page.getByRole('button', { name: 'Correct and mark anew' }).click()
  await second?.page.getByText('Somebody corrected this exam meanwhile').waitFor()
  const { items } = await api.must<{ items: { questionId: string }[] }>('GET', `/api/regrades?examId=${examId}`)
  expect(items.filter(({ questionId }) => questionId === items[0]?.questionId)).toHaveLength(1)
})
