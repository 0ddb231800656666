import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createApi, signIn } from '@hourglass/support/api'
import { createSchool, type School } from '@hourglass/support/school'
import { findViolations } from './accessibility'
import { signInPage } from './browser'
import { useStage } from './stage'

setDefaultTimeout(120_000)

const stage = useStage()
let school: School
beforeAll(async () => {
  school = await createSchool(stage.program, { students: 1 })
})

const gift = Array.from({ length: 250 }, (_, index) => `::Question ${index + 1}:: Is it ${index + 1}? {TRUE}`)

test('a quiz of hundreds is edited a part at a time: what moves over the edge is followed, what is added is shown', async () => {
  const file = [...gift, '::Bad:: Is it? {=a ~b'].join('\n\n')
  const { page, complaints } = await signInPage(stage.browser, stage.program.url, school.teacher)
  await page.goto(`${stage.program.url}/teach/quizzes/import`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'long.gift', mimeType: 'text/plain', buffer: Buffer.from(file) })
  await page.getByText('1 refused').waitFor()
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the report (CSV)' }).click(),
  ])
  const lines = (await Bun.file(await report.path()).text()).trim().split('\r\n')
  expect([lines.length, lines.at(-1)?.startsWith('501,Refused,Bad,')]).toEqual([252, true])
  await page.getByRole('button', { name: 'Import 250 questions' }).click()
  await page.waitForURL(/\/teach\/quizzes\/[0-9a-f-]{36}$/)
  await page.getByText('1 to 100 of 250').waitFor()
  expect(await page.getByRole('link', { name: 'Question 101' }).count()).toBe(0)

  await page.getByRole('button', { name: 'Move Question 100 down' }).click()
  await page.getByText('101 to 200 of 250').waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  expect(await focused()).toBe('Move Question 100 down')
  await page.keyboard.press('Alt+ArrowUp')
  await page.getByText('1 to 100 of 250').waitFor()
  expect(await focused()).toBe('Move Question 100 up')

  await page.getByRole('button', { name: 'Draw from a tag' }).click()
  await page.getByText('201 to 251 of 251').waitFor()
  expect(await findViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  const api = await signIn(createApi(stage.program.url), school.teacher.email, school.teacher.password)
  const { items } = await api.must<{ items: { questionCount: number }[] }>('GET', '/api/quizzes')
  expect(items.some(({ questionCount }) => questionCount === 250)).toBe(true)
})
