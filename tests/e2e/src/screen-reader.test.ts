import { beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { demoAdmin, demoPassword, demoStudents } from '@hourglass/hourglass/demo/people'
import type { ReliabilityReport } from '@hourglass/notifier/reliability'
import { createApi, signIn } from '@hourglass/support/api'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import { signInPage, startExam } from './browser'
import { gift } from './quiz'
import { listen, readAloud, type Spoken } from './screen-reader'

import { useStage } from './stage'

setDefaultTimeout(240_000)

const stage = useStage({ hasDemo: true })
let school: School
beforeAll(async () => {
  const admin = { email: demoAdmin.email, password: demoAdmin.password }
  school = await createSchool({ url: stage.program.url, admin }, { students: 1, gift })
})

const controls = ['button', 'link', 'radio', 'checkbox', 'textbox', 'combobox', 'spinbutton', 'slider', 'tab']
const roles = (spoken: readonly Spoken[], role: string) => spoken.filter((each) => each.role === role)

/** What a listener would miss on a page. */
function findGaps(spoken: readonly Spoken[]): string[] {
  const nameless = spoken.filter(({ role, name }) => controls.includes(role) && name === '')
  const counts = (['main', 'banner'] as const).map((role) => [role, roles(spoken, role).length] as const)
  const firsts = roles(spoken, 'heading').filter(({ properties }) => properties.level === 1)
  return [
    ...nameless.map(({ role, group }) => `a ${role} without a name in “${group}”`),
    ...counts.filter(([, count]) => count > 1).map(([role, count]) => `${count} of ${role}`),
    ...(roles(spoken, 'main').length === 1 ? [] : ['no main part']),
    ...(firsts.length === 1 ? [] : [`${firsts.length} headings of the first level`]),
  ]
}

test('a whole exam by ear: every control has a role, a name and its question, and each page a title of its own', async () => {
  const person = { email: demoStudents[0]?.email ?? '', password: demoPassword }
  const { page, complaints } = await signInPage(stage.browser, stage.program.url, person)
  const titles: string[] = []
  const look = async () => {
    titles.push(await page.title())
    const spoken = await readAloud(page)
    expect([await page.title(), ...findGaps(spoken)]).toEqual([await page.title()])
    return spoken
  }
  await page.getByRole('heading', { name: 'My exams' }).waitFor()
  await look()
  await page.getByRole('link', { name: 'See the rules and start' }).first().click()
  await page.getByRole('button', { name: /^Start attempt/ }).waitFor()
  await look()
  await page.getByRole('button', { name: /^Start attempt/ }).click()

  const heard: Record<string, Spoken[]> = {}
  for (let number = 1; number <= 10; number++) {
    await page.getByRole('heading', { name: `Question ${number} of 10` }).waitFor()
    const spoken = await look()
    heard[number] = spoken.filter(({ group }) => group.includes(`Question ${number} of 10`))
    if (number < 10) await page.getByRole('button', { name: 'Next', exact: true }).click()
  }
  const of = (number: number, role: string) => roles(heard[number] ?? [], role)
  // Options say what they are options for.
  expect(of(1, 'radio').map(({ group }) => group)).toEqual(
    Array(4).fill(expect.stringMatching(/^A pendulum of length .* Which is its period\? \/ Question 1 of 10$/)),
  )
  expect(of(2, 'checkbox').map(({ group }) => group)).toEqual(Array(4).fill(expect.stringContaining('Which of these')))
  expect(of(3, 'radio').map(({ name }) => name)).toEqual(['True', 'False'])
  // Fields are described by their question.
  expect(of(4, 'textbox')).toMatchObject([{ name: 'Your answer', description: expect.stringContaining('patented') }])
  expect(of(5, 'textbox')).toMatchObject([{ name: 'Your number', description: expect.stringContaining('How long') }])
  expect(of(5, 'combobox')).toMatchObject([{ name: 'Unit' }])
  expect(of(6, 'image').map(({ name }) => name)).toEqual([expect.stringMatching(/\w{3,}/)])
  expect(of(7, 'combobox').map(({ name }) => name)).toEqual(['Period', 'Frequency', 'Force'])
  expect(of(8, 'button').map(({ name }) => name)).toContain('Move up: Hourglass')
  expect([...of(9, 'textbox'), ...of(9, 'combobox')].map(({ name }) => name).sort()).toEqual([
    'Gap 1',
    'Gap 2',
    'Gap 3',
  ])
  expect(of(10, 'textbox')).toMatchObject([{ name: 'Your text', description: expect.stringContaining('Why does') }])

  // States are said, not only shown.
  await page.getByRole('button', { name: 'Flag', exact: true }).click()
  const flagged = await readAloud(page)
  expect(roles(flagged, 'button').find(({ name }) => name === 'Flagged')?.properties.pressed).toBe('true')
  const inList = roles(flagged, 'button').filter(({ name }) => /^\d+ /.test(name))
  expect(inList.map(({ name }) => name)).toEqual([
    ...Array.from({ length: 9 }, (_, index) => `${index + 1} not answered`),
    '10 not answered flagged',
  ])

  await page.getByRole('button', { name: 'Submit', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  const asked = await readAloud(page)
  expect(roles(asked, 'dialog')).toMatchObject([{ name: 'Submit your exam?' }])
  expect(roles(asked, 'button').filter(({ group }) => group.includes('Submit your exam?')).length).toBeGreaterThan(10)
  await page.getByRole('button', { name: 'Submit now' }).click()
  await page.getByRole('heading', { name: 'Submitted' }).waitFor()
  await look()
  // The list, the rules, ten questions, the end.
  expect(new Set(titles).size).toBe(13)
  expect(complaints).toEqual([])
})

test('Reliability by ear: of every promise its state, its figures and its chart, each within the promise that it is of', async () => {
  const { context, page, complaints } = await signInPage(stage.browser, stage.program.url, demoAdmin)
  await page.getByRole('link', { name: 'Reliability' }).click()
  await page.getByRole('heading', { level: 3 }).first().waitFor()
  const spoken = await readAloud(page)
  expect(findGaps(spoken)).toEqual([])
  const promises = roles(spoken, 'article')
  const admin = await signIn(createApi(stage.program.url), demoAdmin.email, demoAdmin.password)
  const report = await admin.must<ReliabilityReport>('GET', '/api/reliability')
  const words = report.promises.map(({ promise }) => promise)
  expect(words.length).toBeGreaterThan(10)
  expect(promises.map(({ name }) => name).sort()).toEqual(words.toSorted())
  const states = ['Kept', 'Look at it in the next days', 'Act now', 'Not known']
  const saidIn = (name: string) => spoken.filter(({ group }) => group.includes(name)).map((each) => each.name)
  for (const name of words) expect([name, saidIn(name).some((said) => states.includes(said))]).toEqual([name, true])
  // Where every service is a process of its own, nobody has told them of a Prometheus here: there are no figures.
  if (process.env.HOURGLASS_SHAPE !== 'stack') {
    const saves = saidIn('A save offered while an attempt is open is stored within 1 s.')
    for (const fact of ['Left of the budget', 'At this pace it lasts', 'Went wrong in 30 days'])
      expect(saves).toContain(fact)
    const charts = roles(spoken, 'figure').filter(({ group }) => words.some((name) => group.includes(name)))
    expect(charts.length).toBe(words.length)
    for (const { name } of charts) expect(name).toMatch(/\w{3,}/)
  }
  expect(complaints).toEqual([])
  await context.close()
})

test('what is said by itself: trouble and its end, the last minute, a new end; never the clock, nor each answer', async () => {
  const teacher = await signIn(createApi(stage.program.url), school.teacher.email, school.teacher.password)
  const examId = await scheduleExam(teacher, school, { limitSeconds: 75, shuffleOptions: false })
  const [pupil] = school.students
  if (!pupil) throw new Error('nobody')
  const { context, page } = await signInPage(stage.browser, stage.program.url, pupil)
  await startExam(page, stage.program.url, examId)
  const said = await listen(page)
  await page.getByRole('radio').first().check()
  await page.locator('.place-stored').waitFor()
  expect(await said()).toEqual([])

  await context.setOffline(true)
  await page.getByRole('radio').nth(1).check()
  await page.getByText('No connection.').first().waitFor()
  expect(await said()).toEqual([expect.stringMatching(/^No connection\./)])
  await context.setOffline(false)
  await page.locator('.place-stored').waitFor()
  await page.getByText('Everything is stored').first().waitFor()
  expect(await said()).toEqual(['Everything is stored'])

  await page.waitForFunction(() => /^0:5\d$/.test(document.querySelector('.clock-time')?.textContent ?? ''), null, {
    timeout: 60_000,
  })
  await Bun.sleep(2_000)
  expect(await said()).toEqual(['1 minute left.'])
  const override = { examId, personId: pupil.personId, limitSeconds: 900, reason: 'a fire alarm' }
  await teacher.must('POST', '/api/overrides', override)
  await page.locator('.clock-moved').waitFor()
  expect(await said()).toEqual([expect.stringMatching(/^The end has moved: it is now \d/)])
  await context.close()
})
