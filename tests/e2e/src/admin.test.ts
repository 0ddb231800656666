import { beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { findViolations } from './accessibility'
import { signInPage } from './browser'

import { useStage } from './stage'

setDefaultTimeout(180_000)

const stage = useStage()
let page: Page
let complaints: string[]
beforeAll(async () => {
  const signedIn = await signInPage(stage.browser, stage.program.url, stage.program.admin)
  page = signedIn.page
  complaints = signedIn.complaints
})

const button = (name: string | RegExp) => page.getByRole('button', { name })
const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name })

describe('people', () => {
  test('a new account comes with a link for its owner, and is found by role from the address alone', async () => {
    await page.goto(`${stage.program.url}/admin/people`)
    await button('New person').click()
    await page.getByLabel('Name', { exact: true }).fill('Lise Meitner')
    await page.getByLabel('E-mail address').fill('lise@school.example')
    await page.getByRole('radio', { name: /^Teacher/ }).check()
    await button('Make account').click()
    expect(await page.getByLabel('Invitation link').inputValue()).toMatch(/\/invitation#[\w-]{43}$/)
    expect(await findViolations(page)).toEqual([])
    await button('Done').click()
    await page.goto(`${stage.program.url}/admin/people?role=teacher&query=lise`)
    await rowOf('Lise Meitner').getByText('No password yet').waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(await findViolations(page)).toEqual([])
  })

  test('deactivating says what it does, and can be undone', async () => {
    await page.goto(`${stage.program.url}/admin/people?query=lise`)
    await button('Lise Meitner').click()
    await button('Deactivate').click()
    await page.getByText('Exams, answers and marks stay.').waitFor()
    await button('Deactivate account').click()
    await rowOf('Lise Meitner').getByText('Deactivated').waitFor()
    await button('Lise Meitner').click()
    await button('Activate').click()
    await page.getByText('Lise Meitner can sign in again.').waitFor()
  })

  test('the last admin cannot step down, and learns why', async () => {
    await page.goto(`${stage.program.url}/admin/people?role=admin`)
    await page.getByRole('rowheader').getByRole('button').click()
    await page.getByRole('radio', { name: /^Student/ }).check()
    await button('Save changes').click()
    expect(await page.getByRole('alert').textContent()).toContain('This is the last active admin.')
  })
})

test('every service tells that no event waits', async () => {
  await page.goto(`${stage.program.url}/admin/events`)
  await page.getByText('No event waits').waitFor()
  expect(await findViolations(page)).toEqual([])
  expect(complaints).toEqual([])
})
