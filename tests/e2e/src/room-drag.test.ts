import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createApi, signIn } from '@hourglass/support/api'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import type { Browser, Locator, Page } from 'playwright-core'
import { signInPage, startExam, storedWords } from './browser'

import { useStage } from './stage'

setDefaultTimeout(120_000)

const item = (text: string) => `<answer fraction="1" format="html"><text>${text}</text></answer>`
const pair = (prompt: string, match: string) =>
  `<subquestion format="html"><text>${prompt}</text><answer><text>${match}</text></answer></subquestion>`
const question = (type: string, name: string, body: string) =>
  `<question type="${type}"><name><text>${name}</text></name><questiontext format="html"><text>${name}</text></questiontext>${body}</question>`
const quiz = `<?xml version="1.0" encoding="UTF-8"?><quiz>
${question('ordering', 'Clocks', ['Sundial', 'Hourglass', 'Pendulum', 'Quartz'].map(item).join(''))}
${question('matching', 'Units', pair('Period', 'second') + pair('Frequency', 'hertz') + pair('Force', 'newton'))}
</quiz>`

const stage = useStage()
let school: School
beforeAll(async () => {
  school = await createSchool(stage.program, { students: 2 })
  const teacher = await signIn(createApi(stage.program.url), school.teacher.email, school.teacher.password)
  const imported = await teacher.must<{ quiz: { id: string } }>('POST', '/api/quizzes/import?format=moodle-xml', quiz)
  const { digest } = await teacher.must<{ digest: string }>('POST', `/api/quizzes/${imported.quiz.id}/publish`, {})
  school = { ...school, versionDigest: digest }
})

async function enter(student: number, options: Parameters<Browser['newContext']>[0] = {}) {
  const pupil = school.students[student]
  if (!pupil) throw new Error('nobody')
  const teacher = await signIn(createApi(stage.program.url), school.teacher.email, school.teacher.password)
  const examId = await scheduleExam(teacher, school, { limitSeconds: 600 })
  const signedIn = await signInPage(stage.browser, stage.program.url, pupil, options)
  await startExam(signedIn.page, stage.program.url, examId)
  return signedIn
}

const order = (page: Page) => page.locator('.ordering-text').allTextContents()
const chosen = (page: Page, prompt: string) =>
  page.getByRole('combobox', { name: prompt }).evaluate((menu: HTMLSelectElement) => menu.selectedOptions[0]?.text)
const middle = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error('it is not to be seen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, bottom: box.y + box.height - 2, top: box.y + 2 }
}

test('by mouse, items are dragged into their order and matches to their prompts; Escape gives it up', async () => {
  const { context, page, complaints } = await enter(0)
  const rows = page.locator('.ordering-item')
  const [first = '', ...others] = await order(page)
  const [from, to] = [await middle(rows.first()), await middle(rows.last())]
  const lift = async () => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x, from.y + 30)
    await page.mouse.move(to.x, to.bottom)
  }
  await lift()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await order(page)).toEqual([first, ...others])
  await page.getByText('No answer yet').waitFor()

  await lift()
  await page.mouse.up()
  expect(await order(page)).toEqual([...others, first])
  await page.getByText(`${first} is now number 4 of 4.`).waitFor({ state: 'attached' })
  expect(await storedWords(page)).toMatch(/^Stored \d/)

  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('heading', { name: /^Question 2 of/ }).waitFor()
  const [option, prompt] = [
    page.locator('.matching-option', { hasText: 'hertz' }),
    page.locator('.matching-row').nth(1),
  ]
  await option.dragTo(prompt)
  const name = (await prompt.locator('label').textContent()) ?? ''
  expect(await chosen(page, name)).toBe('hertz')
  await page.getByText(`hertz is now matched with ${name}.`).waitFor({ state: 'attached' })
  expect(await storedWords(page)).toMatch(/^Stored \d/)
  await page.reload()
  await page.getByRole('heading', { name: /^Question 1 of/ }).waitFor()
  expect(await order(page)).toEqual([...others, first])
  expect(complaints).toEqual([])
  await context.close()
})

test('by finger, the grip drags and the rest of the row scrolls the page', async () => {
  const { context, page, complaints } = await enter(1, {
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
  })
  await page.setViewportSize({ width: 360, height: 740 })
  const finger = await context.newCDPSession(page)
  const slide = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: points })
    await touch('touchStart', [from])
    for (let step = 1; step <= 8; step++) {
      const at = (axis: 'x' | 'y') => from[axis] + ((to[axis] - from[axis]) * step) / 8
      await touch('touchMove', [{ x: at('x'), y: at('y') }])
    }
    // A finger rests before it lets go; without it the browser takes the slide for a throw and the next tap for its end.
    await page.waitForTimeout(300)
    await touch('touchMove', [to])
    await touch('touchEnd', [])
  }
  const rows = page.locator('.ordering-item')
  const before = await order(page)
  const last = before.at(-1) ?? ''
  const top = await middle(rows.first())
  await slide(await middle(rows.last().locator('.ordering-text')), top)
  expect(await order(page)).toEqual(before)

  await page.evaluate(() => scrollTo(0, 0))
  const grip = await middle(rows.last().locator('.grip'))
  const goal = await middle(rows.first())
  await slide(grip, { x: grip.x, y: goal.top })
  expect(await order(page)).toEqual([last, ...before.slice(0, -1)])
  await page.getByText(`${last} is now number 1 of 4.`).waitFor({ state: 'attached' })
  expect(await storedWords(page)).toMatch(/^Stored \d/)
  // The buttons do the same as before.
  await page.getByRole('button', { name: `Move down: ${last}` }).tap()
  await page.getByText(`${last} is now number 2 of 4.`).waitFor({ state: 'attached' })
  expect((await order(page))[1]).toBe(last)

  await page.getByRole('button', { name: 'Next', exact: true }).tap()
  await page.getByRole('heading', { name: /^Question 2 of/ }).waitFor()
  const option = page.locator('.matching-option', { hasText: 'newton' })
  const prompt = page.locator('.matching-row').first()
  await slide(await middle(option.locator('.grip')), await middle(prompt))
  const name = (await prompt.locator('label').textContent()) ?? ''
  expect(await chosen(page, name)).toBe('newton')
  expect(await storedWords(page)).toMatch(/^Stored \d/)
  expect(complaints).toEqual([])
  await context.close()
})
