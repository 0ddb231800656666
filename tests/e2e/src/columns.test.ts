import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createSchool } from '@hourglass/support/school'
import type { Page } from 'playwright-core'
import { signInPage } from './browser'

import { useStage } from './stage'

setDefaultTimeout(120_000)

const stage = useStage()
let classId: string
let teacher: Who
beforeAll(async () => {
  const school = await createSchool(stage.program, { students: 2 })
  classId = school.classId
  teacher = school.teacher
})

const headers = (page: Page): Promise<string[]> => page.getByRole('columnheader').allInnerTexts()

type Who = { email: string; password: string }
const tables: [what: string, who: () => Who, path: () => string, column: string][] = [
  ['people', () => stage.program.admin, () => '/admin/people', 'Role'],
  ['members of a class', () => teacher, () => `/teach/classes/${classId}`, 'Groups'],
]
test.each(tables)('columns of %s are chosen, by keyboard too, and stand in the address', async (_, who, path, name) => {
  const { page, context, complaints } = await signInPage(stage.browser, stage.program.url, who())
  await page.goto(`${stage.program.url}${path()}`)
  await page.getByRole('columnheader').first().waitFor()
  const all = await headers(page)
  expect(all.join(' ')).toContain(name)
  await page.locator('summary', { hasText: 'Columns' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.setViewportSize({ width: 360, height: 740 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1_280, height: 800 })
  const boxes = page.getByRole('group', { name: 'Columns' }).getByRole('checkbox')
  expect(await boxes.count()).toBe(all.length - 1)
  await boxes.and(page.getByLabel(name, { exact: true })).uncheck()
  expect((await headers(page)).join(' ')).not.toContain(name)
  expect(new URL(page.url()).searchParams.get('hide')).toBeString()
  // A link to it, and a reload, show the same.
  await page.reload()
  await page.getByRole('columnheader').first().waitFor()
  expect(await headers(page)).toHaveLength(all.length - 1)
  expect(complaints).toEqual([])
  await context.close()
})
