import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createApi, signIn } from '@hourglass/support/api'
import { startCollector } from '@hourglass/support/collector'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import { eventually } from '@hourglass/testing/poll'
import type { Page } from 'playwright-core'
import { signInPage, startExam, storedWords } from './browser'
import { gift } from './quiz'
import { useStage } from './stage'

setDefaultTimeout(120_000)

const collector = startCollector()
afterAll(() => collector.stop())
const stage = useStage({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, TRACE_RATIO: '1' } })
let school: School
let examId: string
beforeAll(async () => {
  school = await createSchool(stage.program, { students: 1, gift })
  const teacher = await signIn(createApi(stage.program.url), school.teacher.email, school.teacher.password)
  examId = await scheduleExam(teacher, school, { limitSeconds: 600 })
})

const enter = () => {
  const [pupil] = school.students
  if (!pupil) throw new Error('nobody')
  return signInPage(stage.browser, stage.program.url, pupil)
}
/** Samples by name and labels, without the label that all have. */
async function readMetrics(): Promise<(sample: string) => number> {
  const text = await (await fetch(`${stage.program.metricsUrl}/metrics`)).text()
  const samples = new Map(
    [...text.matchAll(/^(\w+(?:\{.*\})?) (\S+)$/gm)].map(([, name = '', value]) => [
      name.replace(/,?service="gateway"/, '').replace('{}', ''),
      Number(value),
    ]),
  )
  return (sample) => samples.get(sample) ?? 0
}
/** Longer than a page rests before it is measured. */
const restMs = 1_500

/** What a page has to tell it tells when it is left. */
async function restAndLeave(page: Page): Promise<void> {
  await page.waitForTimeout(restMs)
  await page.goto('about:blank')
  await page.waitForTimeout(200)
}
const reports = async () =>
  (await readMetrics())('http_requests_total{method="POST",route="/api/telemetry",status="204"}')

test('whose browser asks every site not to measure is not measured', async () => {
  const context = await stage.browser.newContext()
  await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  const page = await context.newPage()
  const asked = page.waitForRequest(/\/api\/sessions\/refresh$/)
  await page.goto(`${stage.program.url}/`)
  expect(await (await asked).headerValue('traceparent')).toBeNull()
  await restAndLeave(page)
  expect(await reports()).toBe(0)
  await context.close()
})

test('loads, vitals, failed saves and the time that an answer was kept here come to the server, with their traces, until somebody says no', async () => {
  const { context, page, complaints } = await enter()
  await startExam(page, stage.program.url, examId)
  await page.route('**/answers/*', (route) => route.abort('internetdisconnected'))
  // What is touched before a page is measured counts for nothing.
  await page.waitForTimeout(restMs)
  await page.getByRole('radio').first().check()
  const keptAt = performance.now()
  await page.getByText('Kept on this computer', { exact: true }).waitFor()
  await page.waitForTimeout(2_000)
  await page.unroute('**/answers/*')
  await storedWords(page)
  const keptSeconds = (performance.now() - keptAt) / 1_000
  await page.goto('about:blank')
  await eventually(async () => {
    const sample = await readMetrics()
    expect(sample('browser_claimed_page_load_seconds_count{route="/exams/:examId",arrival="navigate"}')).toBe(1)
    expect(sample('browser_claimed_page_load_seconds_count{route="/attempts/:attemptId",arrival="route"}')).toBe(1)
    expect(sample('browser_claimed_web_vital_seconds_count{vital="LCP",route="/exams/:examId"}')).toBe(1)
    expect(sample('browser_claimed_web_vital_seconds_count{vital="INP",route="/attempts/:attemptId"}')).toBe(1)
    expect(sample('browser_claimed_save_failures_total{reason="offline"}')).toBeGreaterThan(1)
    expect(sample('browser_claimed_kept_seconds_count')).toBe(1)
    expect(Math.abs(sample('browser_claimed_kept_seconds_sum') - keptSeconds)).toBeLessThan(0.5)
  })
  await eventually(() => {
    const saves = (service: string) =>
      collector.spans.filter((span) => span.service === service && span.name === 'PUT /api/attempts')
    const edge = saves('gateway').at(-1)
    expect(saves('web').map(({ spanId }) => spanId)).toContain(edge?.parentSpanId ?? '')
    // Those that never arrived have no other side.
    expect(saves('web').length).toBeGreaterThan(2)
    const shown = collector.spans.find(({ name }) => name === 'page /exams/:examId')
    const asked = collector.spans.filter(({ parentSpanId }) => parentSpanId === shown?.spanId)
    expect(asked.map(({ service, name }) => `${service} ${name}`)).toContain('web GET /api/exams')
  })

  await page.goto(`${stage.program.url}/account`)
  await page.getByRole('radio', { name: 'Do not send' }).check()
  await restAndLeave(page)
  const before = await reports()
  await page.goto(`${stage.program.url}/account`)
  expect(await page.getByRole('radio', { name: 'Do not send' }).isChecked()).toBe(true)
  await restAndLeave(page)
  expect(await reports()).toBe(before)
  expect(complaints).toEqual([])
  await context.close()
})
