import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Client, createAppUnderTest, dataOf } from '../app-under-test'
import { ImportResult } from './model'

let under: Awaited<ReturnType<typeof createAppUnderTest>>
let ada: Client
beforeAll(async () => {
  under = await createAppUnderTest()
})
afterAll(() => under.close())

const gift = `::Capital:: Capital of France? {=Paris ~Lyon ~Nice}

::Broken:: What is this? {=

::Wet:: Water is wet. {T}

::Best:: Nobody is right {~a ~b}
`
const upload = async (file: string | Uint8Array, query = '', headers: Record<string, string> = {}) => {
  const answer = await ada.send('POST', `/api/quizzes/import${query}`, file, {
    'content-type': 'text/plain',
    ...headers,
  })
  return { status: answer.status, body: await answer.json() }
}
const banked = async () => dataOf(await ada.api.questions.get({ query: { limit: 200 } })).items

beforeAll(async () => {
  ada = await under.signIn('teacher', 'Ada')
})

test('a dry run shows each question as it will be and stores none', async () => {
  const { status, body } = await upload(gift, '?format=gift&dryRun=true')
  expect(status).toBe(200)
  const result = ImportResult.parse(body)
  expect(result).toMatchObject({ isDryRun: true, quiz: null, format: 'gift' })
  const capital = result.questions.find(({ title }) => title === 'Capital')
  expect(capital).toMatchObject({ line: 1, status: 'imported', questionId: null, type: 'single-choice' })
  expect(capital?.preview?.paper.html).toContain('Capital of France?')
  expect(result.questions.filter(({ status: state }) => state === 'refused')).toHaveLength(result.counts.refused)
  expect(await banked()).toEqual([])
})

test('an import makes a draft in the order of the file, once for each key, and names what was refused', async () => {
  const first = await upload(gift, '?title=My%20import', { 'idempotency-key': 'k1' })
  expect(first.status).toBe(200)
  const result = ImportResult.parse(first.body)
  expect(result.quiz?.title).toBe('My import')
  expect(result.questions.filter(({ status }) => status === 'refused').every(({ reason }) => reason)).toBe(true)
  expect((await upload(gift, '?title=My%20import', { 'idempotency-key': 'k1' })).body.quiz).toEqual(result.quiz)
  const id = result.quiz?.id ?? ''
  const { items } = dataOf(await ada.api.quizzes({ id }).questions.get({ query: { limit: 200 } }))
  expect(items.map((item) => item.id)).toEqual(result.questions.flatMap(({ questionId }) => questionId ?? []))
  expect(items[0]?.question.title).toBe('Capital')
  expect(await banked()).toHaveLength(items.length)
})

test('an exported draft comes back the same', async () => {
  const { body } = await upload('::One:: 1 + 1 = {#2:0.1}\n\n::Two:: Say x {=x}\n')
  const id = ImportResult.parse(body).quiz?.id ?? ''
  for (const format of ['gift', 'moodle-xml'] as const) {
    const file = dataOf(await ada.api.quizzes({ id }).export.get({ query: { format } }))
    expect(file.losses).toEqual([])
    const again = ImportResult.parse((await upload(file.text, `?format=${format}`)).body)
    expect(again.counts).toEqual({ imported: 2, importedWithLoss: 0, refused: 0 })
    const second = dataOf(await ada.api.quizzes({ id: again.quiz?.id ?? '' }).export.get({ query: { format } }))
    expect(second.text).toBe(file.text)
  }
  const { digest } = dataOf(await ada.api.quizzes({ id }).publish.post({}))
  const version = dataOf(await ada.api.versions({ digest }).export.get({ query: { format: 'gift' } }))
  expect(version.filename).toMatch(/v1\.gift\.txt$/)
  expect(version.text).toContain('::One::')
})

test('a picture in a file is stored, shown and exported again', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000003000000020806000000', 'hex')
  const xml = `<quiz><question type="shortanswer"><name><text>P</text></name><questiontext format="html">
    <text><![CDATA[<p>See <img src="@@PLUGINFILE@@/a.png" alt="a"></p>]]></text>
    <file name="a.png" path="/" encoding="base64">${png.toString('base64')}</file></questiontext>
    <answer fraction="100"><text>x</text></answer></question></quiz>`
  const result = ImportResult.parse((await upload(xml, '?dryRun=true')).body)
  const digest = new Bun.CryptoHasher('sha256').update(png).digest('hex')
  expect(result.questions[0]?.preview?.paper.html).toContain(`src="/api/images/${digest}"`)
  expect((await under.app.handle(new Request(`http://localhost/api/images/${digest}`))).status).toBe(200)
  const id = ImportResult.parse((await upload(xml)).body).quiz?.id ?? ''
  const file = dataOf(await ada.api.quizzes({ id }).export.get({ query: { format: 'moodle-xml' } }))
  expect(file.text).toContain(png.toString('base64'))
})

test.each<[string, number, () => string | Uint8Array]>([
  ['nothing', 400, () => ''],
  ['more than 20 MB', 413, () => new Uint8Array(20 * 1024 * 1024 + 1)],
  ['a binary', 415, () => new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0, 0])],
  ['only questions that cannot be used', 422, () => '::Broken:: What? {='],
])('%s ends in a clear refusal', async (_, status, file) => {
  const answer = await upload(file())
  expect([answer.status, typeof answer.body.message]).toEqual([status, 'string'])
})

test('a whole bank of thousands becomes one draft that publishes', async () => {
  const file = Array.from({ length: 3_000 }, (_, index) => `::Q${index}:: What is ${index} + 1? {=${index + 1} ~0}`)
  const result = ImportResult.parse((await upload(file.join('\n\n'), '?format=gift')).body)
  expect(result.counts.imported).toBe(3_000)
  const published = dataOf(await ada.api.quizzes({ id: result.quiz?.id ?? '' }).publish.post({}))
  expect(published.questionCount).toBe(3_000)
})
