import { expect, setDefaultTimeout, test } from 'bun:test'
import { demoPassword, demoStudents, demoTeachers } from '@hourglass/hourglass/demo/people'
import { createApi, signIn } from '@hourglass/support/api'
import { collectComplaints } from './browser'
import { createKeys } from './keys'

import { useStage } from './stage'

setDefaultTimeout(240_000)

const stage = useStage({ hasDemo: true })

type Question = { title: string; response: Record<string, unknown> | null }
/** What the server has of the attempt, by the teacher's eyes. */
async function readResponses(): Promise<(Question['response'] | null)[]> {
  type Items<Item> = { items: Item[] }
  const teacher = await signIn(createApi(stage.program.url), demoTeachers[0].email, demoPassword)
  const exams = await teacher.must<Items<{ examId: string; title: string }>>('GET', '/api/exams')
  const examId = exams.items.find(({ title }) => title.includes('try it now'))?.examId
  const giveUpAt = performance.now() + 20_000
  while (true) {
    const { items } = await teacher.must<Items<{ attemptId: string; state: string }>>(
      'GET',
      `/api/results?examId=${examId}`,
    )
    const mine = items.find(({ state }) => state !== 'open')
    if (mine) {
      const result = await teacher.must<{ questions: Question[] }>('GET', `/api/results/${mine.attemptId}`)
      return result.questions.map(({ response }) => response)
    }
    if (performance.now() > giveUpAt) throw new Error('no result came')
    await Bun.sleep(200)
  }
}

test('a whole exam by the keyboard alone: every type of question, flags, the way back, submitting', async () => {
  const page = await stage.browser.newPage({ locale: 'en-GB', viewport: { width: 1_280, height: 800 } })
  page.setDefaultTimeout(15_000)
  const complaints = collectComplaints(page)
  const { press, tabTo, focused, type } = createKeys(page)
  await page.goto(`${stage.program.url}/sign-in`)
  await tabTo(/^E-mail address/)
  await type(demoStudents[0]?.email ?? '')
  await tabTo(/^Password/)
  await type(demoPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'My exams' }).waitFor()
  await tabTo(/^See the rules and start/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Start attempt/ }).waitFor()
  await tabTo(/^Start attempt/)
  await page.keyboard.press('Enter')

  /** Enters a question by “Next”, which takes the focus to its heading. */
  const next = async (number: number) => {
    await tabTo(/^Next$/)
    expect((await press('Enter')).name).toBe(`Question ${number} of 10`)
  }
  const stored = () => page.locator('.place-stored').first().waitFor()
  await page.getByRole('heading', { name: 'Question 1 of 10' }).waitFor()

  // One of several: arrows choose, and what is chosen can be taken back.
  expect((await tabTo(/^Option 1/)).role).toBe('input')
  await press('Space')
  await tabTo(/^Clear my choice$/)
  expect((await press('Enter')).name).toMatch(/^Option 1/)
  await press('Space')
  await press('ArrowDown')
  await stored()
  await next(2)
  await tabTo(/^Taking it to the Moon/)
  await press('Space')
  await tabTo(/^A longer thread/)
  await press('Space')
  await next(3)
  await tabTo(/^True/)
  await press('Space')
  await next(4)
  await tabTo(/^Your answer/)
  await type('Huygens')
  await next(5)
  await tabTo(/^Your number/)
  await type('0.994')
  await tabTo(/^Unit/)
  await press('m')
  await next(6)
  await tabTo(/^Flag$/)
  await press('Space')
  expect(await page.getByRole('button', { name: 'Flagged', exact: true }).getAttribute('aria-pressed')).toBe('true')
  await next(7)
  for (const [prompt, key] of [
    [/^Period/, 's'],
    [/^Frequency/, 'H'],
  ] as const) {
    await tabTo(prompt)
    await press(key)
  }
  await next(8)
  await tabTo(/^This order is my answer$/)
  const { name: down } = await press('Enter')
  expect(down).toMatch(/^Move down: /)
  // The item moves, and the focus with it, until there is no way further.
  expect((await press('Enter')).name).toBe(down)
  expect((await press('Enter')).name).toBe(down)
  expect((await press('Enter')).name).toBe(down.replace('down', 'up'))
  await next(9)
  await tabTo(/^Gap 1/)
  await type('2.006')
  await tabTo(/^Gap 2/)
  await press('ArrowDown')
  await tabTo(/^Gap 3/)
  await type('sqrt')
  await next(10)
  await tabTo(/^Your text/)
  await type('Gravity is weaker there.')
  await stored()

  // Back by the list, which says what is open and what is flagged.
  expect((await tabTo(/^6\s*not answered.*flagged/, { back: true })).role).toBe('button')
  expect((await press('Enter')).name).toBe('Question 6 of 10')

  await tabTo(/^Submit$/, { back: true })
  expect((await press('Enter')).isInDialog).toBe(true)
  await page.getByText('1 question has no answer:').waitFor()
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press('Tab')
    const { role, isInDialog } = await focused()
    expect(isInDialog || role === 'body').toBe(true)
  }
  // Escape leaves everything as it was.
  expect((await press('Escape')).name).toBe('Submit')
  await press('Enter')
  await tabTo(/^Submit now$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Submitted' }).waitFor()
  expect((await focused()).name).toBe('Submitted')

  const responses = await readResponses()
  const chosen = (index: number) => responses[index] ?? {}
  expect(responses).toHaveLength(10)
  expect(chosen(0).choice).toBeString()
  expect(chosen(1).choices).toHaveLength(2)
  expect(chosen(2)).toMatchObject({ type: 'true-false', value: true })
  expect(chosen(3)).toMatchObject({ text: 'Huygens' })
  expect(chosen(4)).toMatchObject({ text: '0.994', unit: 'm' })
  expect(responses[5]).toBeNull()
  expect(Object.keys(chosen(6).pairs ?? {})).toHaveLength(2)
  expect(chosen(7).order).toHaveLength(4)
  expect(Object.values(chosen(8).gaps ?? {})).toHaveLength(3)
  expect(chosen(9)).toMatchObject({ text: 'Gravity is weaker there.' })
  expect(complaints).toEqual([])
  await page.close()
})
