import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createApi, signIn } from '@hourglass/support/api'
import { startCollector } from '@hourglass/support/collector'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import { eventually } from '@hourglass/testing/poll'
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
const reports = async () =>
  (await readMetrics())('http_requests_total{method="POST",route="/api/telemetry",status="204"}')

test('who has refused, in the browser or on the account page, is not measured', async () => {
  const byBrowser = await stage.browser.newContext()
  await byBrowser.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  const page = await byBrowser.newPage()
  const asked = page.waitForRequest(/\/api\/sessions\/refresh$/)
  await page.goto(`${stage.program.url}/`)
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  expect(await (await asked).headerValue('traceparent')).toBeNull()
  await page.goto('about:blank')

  const { context, page: own } = await enter()
  await own.goto(`${stage.program.url}/account`)
  await own.getByRole('radio', { name: 'Do not send' }).check()
  await own.goto('about:blank')
  const before = await reports()
  await own.goto(`${stage.program.url}/account`)
  expect(await own.getByRole('radio', { name: 'Do not send' }).isChecked()).toBe(true)
  // Longer than a page rests before it is measured.
  await own.waitForTimeout(1_500)
  await own.goto('about:blank')
  await own.waitForTimeout(200)
  expect(await reports()).toBe(before)
  await Promise.all([byBrowser.close(), context.close()])
})

test('loads, vitals, failed saves and the time that an answer was kept here come to the server, with their traces', async () => {
  const { context, page, complaints } = await enter()
  await startExam(page, stage.program.url, examId)
  await page.route('**/answers/*', (route) => route.abort('internetdisconnected'))
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
  expect(complaints).toEqual([])
  await context.close()
})
