import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { demoPassword, demoStudents, demoTeachers } from '@hourglass/hourglass/demo/people'
import { createApi, signIn } from '@hourglass/support/api'
import { findViolations } from './accessibility'
import { signInPage } from './browser'

import { useStage } from './stage'

setDefaultTimeout(120_000)

const stage = useStage({ hasDemo: true })
let quizId: string
const colleague = { ...demoTeachers[1], password: demoPassword }
beforeAll(async () => {
  const teacher = await signIn(createApi(stage.program.url), demoTeachers[0].email, demoPassword)
  const { items } = await teacher.must<{ items: { id: string }[] }>('GET', '/api/quizzes')
  quizId = items[0]?.id ?? ''
})

test('the owner lets a colleague edit: the second editor is told, never overwritten; the owner alone decides and deletes', async () => {
  const owner = await signInPage(stage.browser, stage.program.url, {
    email: demoTeachers[0].email,
    password: demoPassword,
  })
  const { page } = owner
  await page.goto(`${stage.program.url}/teach/quizzes/${quizId}/editors`)
  const [email, add] = [
    page.getByLabel('E-mail address of a colleague'),
    page.getByRole('button', { name: 'Let them edit' }),
  ]
  await email.fill(demoStudents[0]?.email ?? '')
  await add.click()
  await page.getByText('No teacher has an account with this address.').waitFor()
  await email.fill(colleague.email)
  await add.click()
  await page.getByText(`${colleague.name} may edit the quiz now.`).waitFor()
  await page.getByRole('listitem').filter({ hasText: colleague.email }).waitFor()
  expect(await findViolations(page)).toEqual([])

  const other = await signInPage(stage.browser, stage.program.url, colleague)
  await other.page.goto(`${stage.program.url}/teach/quizzes`)
  await other.page.getByText('Shared with you').waitFor()
  expect(await other.page.getByRole('button', { name: /^Delete/ }).count()).toBe(0)
  await other.page.goto(`${stage.program.url}/teach/quizzes/${quizId}/editors`)
  await other.page.getByText('Its owner decides who else may edit it').waitFor()
  await other.page.getByRole('listitem').filter({ hasText: demoTeachers[0].name }).waitFor()

  await page.goto(`${stage.program.url}/teach/quizzes/${quizId}`)
  await page.getByLabel('Title').first().fill('The pendulum, by its owner')
  await other.page.goto(`${stage.program.url}/teach/quizzes/${quizId}`)
  await other.page.getByLabel('Title').first().fill('The pendulum, by its editor')
  await other.page.getByRole('button', { name: 'Save draft' }).click()
  await other.page
    .getByText(/^Saved \d/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByText(`Not saved: ${colleague.name} was faster`).waitFor()
  const api = await signIn(createApi(stage.program.url), demoTeachers[0].email, demoPassword)
  const stored = await api.must<{ title: string }>('GET', `/api/quizzes/${quizId}`)
  expect(stored.title).toBe('The pendulum, by its editor')

  page.once('dialog', (dialog) => dialog.accept())
  await page.goto(`${stage.program.url}/teach/quizzes/${quizId}/editors`)
  await page.getByRole('button', { name: `Take out ${colleague.name}` }).click()
  await page.getByText(`${colleague.name} may no longer edit the quiz.`).waitFor()
  await other.page.goto(`${stage.program.url}/teach/quizzes/${quizId}`)
  await other.page
    .getByText(/no .*(quiz|page)|not found|nothing/i)
    .first()
    .waitFor()
  expect([...owner.complaints, ...other.complaints]).toEqual([])
})
