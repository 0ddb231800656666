import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import type { ReliabilityReport } from '@hourglass/notifier/reliability'
import { createApi, signIn } from '@hourglass/support/api'
import { createSchool, type School } from '@hourglass/support/school'
import type { Page } from 'playwright-core'
import { findViolations } from './accessibility'
import { signInPage } from './browser'
import { useStage } from './stage'

setDefaultTimeout(120_000)

const stage = useStage()
/** Where every service is a process of its own, nobody has told them of a Prometheus here. */
const isStack = process.env.HOURGLASS_SHAPE === 'stack'
type Test = (name: string, run: () => Promise<void>) => void
const inOneProcess: Test = isStack ? () => {} : test
const inManyProcesses: Test = isStack ? test : () => {}
let school: School
let page: Page
let complaints: string[]
beforeAll(async () => {
  school = await createSchool(stage.program, { students: 1 })
  const signedIn = await signInPage(stage.browser, stage.program.url, stage.program.admin)
  page = signedIn.page
  complaints = signedIn.complaints
})

const api = () => createApi(stage.program.url)
async function readReport(): Promise<ReliabilityReport> {
  const admin = await signIn(api(), stage.program.admin.email, stage.program.admin.password)
  return admin.must<ReliabilityReport>('GET', '/api/reliability')
}
const monthOf = ({ promises }: ReliabilityReport, id: string) =>
  promises.find((promise) => promise.id === id)?.windows.find(({ window }) => window === '30d')

test('a teacher neither sees the page nor its figures', async () => {
  const { email, password } = school.teacher
  const teacher = await signInPage(stage.browser, stage.program.url, school.teacher)
  expect(await teacher.page.getByRole('link', { name: 'Reliability' }).count()).toBe(0)
  await teacher.page.goto(`${stage.program.url}/admin/reliability`)
  await teacher.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await teacher.page.getByText('Left of the budget').count()).toBe(0)
  await teacher.context.close()
  expect(await (await signIn(api(), email, password)).ask('GET', '/api/reliability')).toMatchObject({ status: 403 })
})

inOneProcess('what people do is counted while they do it, and stands on the page', async () => {
  const before = monthOf(await readReport(), 'students-sign-ins')
  // One of them is the next question's own.
  await signIn(api(), school.teacher.email, school.teacher.password)
  await signIn(api(), school.teacher.email, 'a wrong password').catch(() => {})
  const after = monthOf(await readReport(), 'students-sign-ins')
  // A wrong password is no sign-in that was promised.
  expect((after?.total ?? 0) - (before?.total ?? 0)).toBe(2)
  await page.goto(`${stage.program.url}/admin/reliability`)
  const card = page.locator('#students-sign-ins')
  await card.getByText(`of ${(after?.total ?? 0).toLocaleString('en-GB')}, and`).waitFor()
  await page.getByText('The 30 days are not full yet').waitFor()
})

inOneProcess('the chart is a table too, for whoever opens it with the keyboard', async () => {
  await page.goto(`${stage.program.url}/admin/reliability`)
  const card = page.locator('#exams-saves')
  await card.getByText('The same as a table').focus()
  await page.keyboard.press('Enter')
  expect(await card.getByRole('rowheader').allTextContents()).toEqual([
    ...['5 min', '30 min', '1 h', '2 h', '6 h', '1 d', '3 d', '30 d'],
  ])
  await card.getByText('What this means').focus()
  await page.keyboard.press('Enter')
  await card.getByText('docs/runbooks/saves-burning.md').waitFor()
  expect(await findViolations(page)).toEqual([])
  expect(complaints).toEqual([])
})

inManyProcesses('without a Prometheus the page says what is missing, and claims nothing', async () => {
  expect(await readReport()).toMatchObject({ source: 'none', missing: 'address' })
  await page.goto(`${stage.program.url}/admin/reliability`)
  await page.getByText('set PROMETHEUS_URL of the notifier').waitFor()
  await page.getByText('A save offered while an attempt is open is stored within 1 s.').waitFor()
  expect(await page.getByText('Kept', { exact: true }).count()).toBe(0)
  expect(await findViolations(page)).toEqual([])
  expect(complaints).toEqual([])
})
