import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { type Api, createApi, signIn } from '@hourglass/support/api'
import { createProgram, type Program } from '@hourglass/support/program'
import { createSchool } from '@hourglass/support/school'
import { residentMb } from './resident'

setDefaultTimeout(120_000)

let program: Program
let teacher: Api
beforeAll(async () => {
  program = await createProgram()
  program.launch()
  await program.untilReady(120_000)
  const school = await createSchool(program, { students: 1 })
  const api = createApi(program.url, { timeoutMs: 60_000 })
  teacher = await signIn(api, school.teacher.email, school.teacher.password)
})
afterAll(() => program?.end())

type Refusal = { kind?: string; message?: string }
const send = (file: string | Uint8Array, format = 'auto') =>
  teacher.ask<Refusal>('POST', `/api/quizzes/import?format=${format}&dryRun=true`, file, {
    'content-type': 'application/octet-stream',
  })
const bytes = (text: string) => new TextEncoder().encode(text)
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('')
const bomb = `<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY l0 "ha">${laughs}]><quiz>&l9;</quiz>`
const foreign = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY f SYSTEM "file:///etc/passwd">]><quiz>&f;</quiz>'
const noise = Uint8Array.from({ length: 1_000_000 }, (_, index) => (index * 2_654_435_761) >>> 24)

const files: [what: string, file: string | Uint8Array, format: string][] = [
  ['entities that grow without end', bomb, 'moodle-xml'],
  ['an entity that names a file of the server', foreign, 'moodle-xml'],
  ['elements a million deep', `<quiz>${'<a>'.repeat(1_000_000)}`, 'moodle-xml'],
  ['noise', noise, 'auto'],
  ['bytes that are no UTF-8', new Uint8Array([...bytes('::T:: '), 0xff, 0xc3, 0x28, ...bytes(' {=a ~b}')]), 'gift'],
  ['a NUL in the text', `::T:: What${String.fromCharCode(0)}? {=a ~b}`, 'gift'],
  ['half a character', new Uint8Array([...bytes('::T:: What '), 0xed, 0xa0, 0x80, ...bytes('? {=a ~b}')]), 'gift'],
  ['nothing', '', 'gift'],
]

test.each(files)('%s ends in a clear refusal or a report, and nothing breaks', async (_, file, format) => {
  const before = residentMb(program)
  const { status, body } = await send(file, format)
  expect(status === 200 || (status >= 400 && status < 500)).toBe(true)
  if (status !== 200) expect([typeof body.kind, (body.message ?? '').length > 10]).toEqual(['string', true])
  expect(JSON.stringify(body)).not.toContain('root:')
  expect(residentMb(program) - before).toBeLessThan(400)
})

test('a hundred megabytes are refused before they are read', async () => {
  const before = residentMb(program)
  const { status, body } = await send(new Uint8Array(100 * 1_048_576).fill(97), 'gift')
  expect([status, body.kind]).toEqual([413, 'too-large'])
  expect(residentMb(program) - before).toBeLessThan(150)
})

test('a hundred megabytes that do not say their size are cut off at the limit', async () => {
  const before = residentMb(program)
  let sent = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1_048_576
      if (sent > 100 * 1_048_576) controller.close()
      else controller.enqueue(new Uint8Array(1_048_576).fill(97))
    },
  })
  const answer = await fetch(`${program.url}/api/quizzes/import?format=gift&dryRun=true`, {
    method: 'POST',
    headers: { authorization: teacher.authorization ?? '', origin: program.url },
    body: stream,
  }).catch(() => null)
  // A server that closes while the client still sends may be heard, or not.
  if (answer) expect(answer.status).toBe(413)
  expect(sent).toBeLessThan(100 * 1_048_576)
  expect(residentMb(program) - before).toBeLessThan(300)
})

test('10,000 questions (5 MB) are imported, with a result for each, within seconds', async () => {
  const question = (number: number) =>
    `::Question ${number}:: ${'What is it that follows from this long sentence of a stem? '.repeat(6)} ${number} {=right ${number} ~wrong ~another #because of it ~%50%half}`
  const file = Array.from({ length: 10_000 }, (_, index) => question(index)).join('\n\n')
  expect(file.length).toBeGreaterThan(4_000_000)
  const startedAt = performance.now()
  const { status, body } = await send(file, 'gift')
  const seconds = (performance.now() - startedAt) / 1_000
  expect(status).toBe(200)
  expect(JSON.stringify(body).match(/"imported"/g)?.length ?? 0).toBeGreaterThanOrEqual(10_000)
  expect(seconds).toBeLessThan(10)
  expect((await teacher.ask('GET', '/api/people/me')).status).toBe(200)
})
