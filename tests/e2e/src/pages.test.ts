import { beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { demoAdmin, demoPassword, demoStudents, demoTeachers } from '@hourglass/hourglass/demo/people'
import { createApi, signIn } from '@hourglass/support/api'
import type { Page } from 'playwright-core'
import { findViolations } from './accessibility'
import { signInPage } from './browser'
import { inspectLooks } from './looks'

import { useStage } from './stage'

setDefaultTimeout(240_000)

const stage = useStage({ hasDemo: true })
/** Ids of what the demo holds, for the addresses of pages about one thing. */
const of = { past: '', open: '', attempt: '', quiz: '', question: '', asked: '', class: '', mine: '' }
beforeAll(async () => {
  type Items<Item> = { items: Item[] }
  const teacher = await signIn(createApi(stage.program.url), demoTeachers[0].email, demoPassword)
  const exams = await teacher.must<Items<{ examId: string; title: string }>>('GET', '/api/exams')
  of.past = exams.items.find(({ title }) => title.includes('first'))?.examId ?? ''
  of.open = exams.items.find(({ title }) => title.includes('now'))?.examId ?? ''
  const results = await teacher.must<Items<{ attemptId: string }>>('GET', `/api/results?examId=${of.past}`)
  const regrades = await teacher.must<{ questions: { questionId: string }[] }>('GET', `/api/regrades?examId=${of.past}`)
  of.asked = regrades.questions[0]?.questionId ?? ''
  of.attempt = results.items[0]?.attemptId ?? ''
  of.quiz = (await teacher.must<Items<{ id: string }>>('GET', '/api/quizzes')).items[0]?.id ?? ''
  of.question = (await teacher.must<Items<{ id: string }>>('GET', '/api/questions')).items[0]?.id ?? ''
  of.class = (await teacher.must<Items<{ id: string }>>('GET', '/api/classes')).items[0]?.id ?? ''
  const student = await signIn(createApi(stage.program.url), demoStudents[0]?.email ?? '', demoPassword)
  of.mine = (await student.must<Items<{ attemptId: string }>>('GET', '/api/results/mine')).items[0]?.attemptId ?? ''
})

const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle')
  await page.getByRole('heading', { level: 1 }).first().waitFor()
}
/** Looks at each page in every way; answers what is wrong, by page. */
async function inspect(page: Page, paths: readonly string[], complaints: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    await page.goto(`${stage.program.url}${path}`)
    await settled(page)
    found.push(...(await inspectLooks(page, path)))
  }
  return [...found, ...complaints]
}

describe('every page, by axe against WCAG 2.2 AA, in every size, direction and colour that people choose', () => {
  test('before signing in', async () => {
    const page = await stage.browser.newPage()
    expect(await inspect(page, ['/sign-in', '/invitation', '/no/such/page'], [])).toEqual([])
  })

  test('the student’s', async () => {
    const person = { email: demoStudents[0]?.email ?? '', password: demoPassword }
    const { page, complaints } = await signInPage(stage.browser, stage.program.url, person)
    const paths = ['/', `/exams/${of.open}`, '/results', `/results/${of.mine}`, '/mailbox', '/account']
    expect(await inspect(page, paths, complaints)).toEqual([])
  })

  test('the exam room, question by question, and its dialogs', async () => {
    const person = { email: demoStudents[1]?.email ?? '', password: demoPassword }
    const { page, complaints } = await signInPage(stage.browser, stage.program.url, person)
    await page.goto(`${stage.program.url}/exams/${of.open}`)
    await page.getByRole('button', { name: /^Start attempt/ }).click()
    await page.getByRole('heading', { name: /^Question 1 of/ }).waitFor()
    const found: string[] = []
    for (let number = 1; number <= 10; number++) {
      await page.getByRole('heading', { name: `Question ${number} of 10` }).waitFor()
      found.push(...(await inspectLooks(page, `question ${number}`)))
      await page.setViewportSize({ width: 1_440, height: 900 })
      if (number < 10) await page.getByRole('button', { name: 'Next', exact: true }).click()
    }
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByRole('dialog').waitFor()
    found.push(...(await inspectLooks(page, 'submit')))
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'All questions' }).click()
    found.push(...(await findViolations(page)))
    expect([...found, ...complaints]).toEqual([])
  })

  test('the teacher’s', async () => {
    const person = { email: demoTeachers[0].email, password: demoPassword }
    const { page, complaints } = await signInPage(stage.browser, stage.program.url, person)
    const exam = `/teach/exams/${of.past}`
    const quiz = `/teach/quizzes/${of.quiz}`
    const paths = [
      ...[
        '/teach/quizzes',
        '/teach/quizzes/import',
        quiz,
        `${quiz}/publish`,
        `${quiz}/versions`,
        `${quiz}/editors`,
        `${quiz}/export`,
      ],
      ...['/teach/questions', '/teach/questions/new', `/teach/questions/${of.question}`],
      ...['/teach/exams', '/teach/exams/new', exam, `${exam}/edit`, `${exam}/times`, `${exam}/live`, `${exam}/late`],
      ...[
        `${exam}/audit`,
        `${exam}/corrections`,
        `${exam}/corrections/${of.asked}`,
        `${exam}/results`,
        `${exam}/results/${of.attempt}`,
        `${exam}/marking`,
        `${exam}/statistics`,
      ],
      ...['/teach/marking', '/teach/classes', `/teach/classes/${of.class}`, `/teach/classes/${of.class}/roster`],
      ...[`/teach/classes/${of.class}/time`, `/teach/classes/${of.class}/gradebook`, '/account'],
    ]
    expect(await inspect(page, paths, complaints)).toEqual([])
  })

  test('the admin’s', async () => {
    const { page, complaints } = await signInPage(stage.browser, stage.program.url, demoAdmin)
    const paths = ['/admin/people', '/admin/events', '/admin/reliability', '/teach/classes', '/mailbox']
    expect(await inspect(page, paths, complaints)).toEqual([])
  })

  test('the header of who has most links stands in one row on a desktop, also in a language of longer words', async () => {
    const { context, page } = await signInPage(stage.browser, stage.program.url, demoAdmin)
    await page.setViewportSize({ width: 1_440, height: 900 })
    await settled(page)
    const heights = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.brand, .header-nav')].map((each) => each.offsetHeight),
      )
    const [brand, links] = await heights()
    expect(links).toBe(brand ?? 0)
    // French takes a sixth more room.
    await page.evaluate(() => {
      for (const link of document.querySelectorAll('.header-link')) {
        link.append('n'.repeat(Math.ceil((link.textContent?.length ?? 0) / 6)))
      }
    })
    expect((await heights())[1]).toBe(brand ?? 0)
    await context.close()
  })
})
