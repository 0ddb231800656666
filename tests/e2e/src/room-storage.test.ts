import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createApi, signIn } from '@hourglass/support/api'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import type { Page } from 'playwright-core'
import { signInPage, startExam, storedWords } from './browser'
import { gift } from './quiz'

import { useStage } from './stage'

setDefaultTimeout(120_000)

const stage = useStage()
let school: School
beforeAll(async () => {
  school = await createSchool(stage.program, { students: 2, gift })
})

async function enter() {
  const [pupil] = school.students
  if (!pupil) throw new Error('nobody')
  const teacher = await signIn(createApi(stage.program.url), school.teacher.email, school.teacher.password)
  const examId = await scheduleExam(teacher, school, { limitSeconds: 600, shuffleOptions: false })
  const signedIn = await signInPage(stage.browser, stage.program.url, pupil)
  await startExam(signedIn.page, stage.program.url, examId)
  return signedIn
}

/** As a full disk does it: every write fails, whatever was kept before can be read. */
const fillDisk = (page: Page) =>
  page.evaluate(() => {
    const transaction = IDBDatabase.prototype.transaction
    Object.assign(window, { emptyDisk: () => Object.assign(IDBDatabase.prototype, { transaction }) })
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      if (mode === 'readwrite') throw new DOMException('the disk is full', 'QuotaExceededError')
      return transaction.call(this, names, mode, options)
    }
  })
const emptyDisk = (page: Page) => page.evaluate('emptyDisk()')

test('a disk that fills up in the middle of an exam keeps no answer from the server, and the page says how it stands', async () => {
  const { context, page, complaints } = await enter()
  const notice = page.getByText('This browser cannot keep your answers on this computer right now')
  await fillDisk(page)
  await page.getByRole('radio').first().check()
  expect(await storedWords(page)).toMatch(/^Stored \d/)
  await notice.waitFor()

  await context.setOffline(true)
  await page.getByRole('radio').nth(1).check()
  await page.getByText('In this page only', { exact: true }).waitFor()
  await page.getByText('1 answer is in this page only, being sent').waitFor()
  let asked = ''
  page.once('dialog', async (dialog) => {
    asked = dialog.type()
    await dialog.dismiss()
  })
  await page.reload({ timeout: 3_000 }).catch(() => {})
  expect(asked).toBe('beforeunload')

  await emptyDisk(page)
  await notice.waitFor({ state: 'detached' })
  await page.getByText('Kept on this computer', { exact: true }).waitFor()
  await context.setOffline(false)
  expect(await storedWords(page)).toMatch(/^Stored \d/)
  await page.reload()
  await page.getByRole('heading', { name: /^Question 1 of/ }).waitFor()
  expect(await page.getByRole('radio').nth(1).isChecked()).toBe(true)
  expect(complaints).toEqual([])
  await context.close()
})
