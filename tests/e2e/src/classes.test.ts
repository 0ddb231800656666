import { beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { createSchool, type School } from '@hourglass/support/school'
import type { Page } from 'playwright-core'
import { findViolations } from './accessibility'
import { signInPage } from './browser'

import { useStage } from './stage'

setDefaultTimeout(180_000)

const stage = useStage()
let school: School
let page: Page
let complaints: string[]
beforeAll(async () => {
  school = await createSchool(stage.program, { students: 3 })
  const signedIn = await signInPage(stage.browser, stage.program.url, school.teacher, { acceptDownloads: true })
  page = signedIn.page
  complaints = signedIn.complaints
})

const classPage = (rest = '') => `${stage.program.url}/teach/classes/${school.classId}${rest}`
const button = (name: string | RegExp) => page.getByRole('button', { name })
const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name })

describe('a roster', () => {
  test('a file is tried first, each bad row is told with its line, and the import gives links that open accounts', async () => {
    await page.goto(classPage('/roster'))
    const file = 'email;nom;prénom\nnew@school.test;Franklin;Rosalind\nnobody;Row;Wrong\n'
    await page.setInputFiles('input[type=file]', { name: 'r.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await rowOf('Wrong').getByText('This is not an e-mail address.').waitFor()
    expect(await rowOf('Wrong').getByRole('rowheader').textContent()).toBe('3')
    expect(await findViolations(page)).toEqual([])
    await button(/^Import 1 student/).click()
    const saving = page.waitForEvent('download')
    await button('Save links as CSV').click()
    const saved = readFileSync(await (await saving).path(), 'utf8')
    const link = saved.match(/http:\S+/)?.[0] ?? ''
    const student = await stage.browser.newPage()
    await student.goto(link)
    await student.getByLabel(/^New password/).fill(school.teacher.password)
    await student.getByRole('button', { name: 'Set password and sign in' }).click()
    await student.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'attached' })
    await student.close()
    expect(await findViolations(page)).toEqual([])
  })

  test('a file without a column of addresses is refused in words that help', async () => {
    await page.goto(classPage('/roster'))
    await page.getByLabel('Or paste the rows').fill('who\nAda\n')
    await button('Check').click()
    expect(await page.getByRole('alert').textContent()).toContain('one of them must be "email"')
  })
})

describe('members', () => {
  test('by the keyboard alone: groups are changed, and the focus comes back to the row', async () => {
    await page.goto(classPage())
    await button('Student 1').focus()
    await page.keyboard.press('Enter')
    await page
      .getByRole('dialog')
      .getByLabel(/^Groups/)
      .fill('A, Lab 1')
    expect(await findViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await rowOf('Student 1').getByText('Lab 1').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Student 1')
  })

  test('a search stays in the address', async () => {
    await page.goto(classPage())
    await page.getByLabel('Search name, e-mail or group').fill('lab 1')
    await page.waitForURL(/query=lab/)
    await page.reload()
    await button('Student 1').waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(await findViolations(page)).toEqual([])
  })

  test('a teacher whom nobody follows cannot leave, and learns why', async () => {
    await page.goto(classPage())
    await button(school.teacher.name).click()
    await button('Remove from class').click()
    await button('Remove from class').click()
    expect(await page.getByRole('alert').textContent()).toContain('Nobody else teaches this class')
  })
})

test('more time says what it does before it is stored, and can be taken back', async () => {
  await page.goto(classPage('/time'))
  await button('Give more time').click()
  const student = page.getByLabel('Student', { exact: true })
  await student.selectOption(`Student 2 (${school.students[2]?.email})`)
  await page.getByRole('radio', { name: '1.25×' }).check()
  await page.getByLabel('Extra minutes').fill('10')
  await page.getByText('A 60-minute exam lasts 85 minutes, and its close moves 25 minutes later too.').waitFor()
  expect(await findViolations(page)).toEqual([])
  await button('Store').click()
  await rowOf('Student 2').getByText('85 minutes').waitFor()
  await button('Student 2').click()
  await button('Take back this time').click()
  await button('Take back').click()
  await page.getByText('Nobody in this class has more time').waitFor()
})

test('no page of a class broke a rule of the site or threw', () => {
  expect(complaints).toEqual([])
})
