import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createProgram, type Program } from '@hourglass/support/program'

let single: Program
let stack: Program
beforeAll(async () => {
  single = await createProgram({}, 'single')
  stack = await createProgram({}, 'stack')
  for (const program of [single, stack]) {
    program.launch()
    await program.untilReady(120_000)
  }
}, 240_000)
afterAll(async () => {
  for (const program of [single, stack]) await program.end()
}, 60_000)

const textOf = async ({ url }: Program, path: string) => (await fetch(`${url}${path}`)).text()

test('both shapes describe themselves by the same document, byte for byte', async () => {
  const [one, other] = await Promise.all([single, stack].map((program) => textOf(program, '/api/openapi.json')))
  expect(one?.length).toBeGreaterThan(100_000)
  expect(other).toBe(one ?? '')
})

test('both shapes serve the same pages with the same headers', async () => {
  const headersOf = async ({ url }: Program, path: string) => {
    const { status, headers } = await fetch(`${url}${path}`)
    const own = new Set(['date', 'x-request-id', 'content-length', 'etag', 'last-modified'])
    return { status, headers: [...headers].filter(([name]) => !own.has(name)) }
  }
  for (const path of ['/', '/api/docs', '/api/exams', '/api/nothing', '/internal/openapi.json']) {
    const [one, other] = await Promise.all([single, stack].map((program) => headersOf(program, path)))
    const replaced = JSON.stringify(other).replaceAll(stack.url, single.url)
    expect(JSON.parse(replaced)).toEqual(one)
  }
})
