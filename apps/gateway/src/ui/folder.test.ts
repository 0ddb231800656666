import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '../test-gateway'
import { createFolderUi } from './folder'

const script = `console.log(${JSON.stringify('hourglass '.repeat(500))})`
let folder = ''
let gateway: ReturnType<typeof startGateway>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hourglass-ui-'))
  await mkdir(join(folder, 'assets'))
  await Bun.write(join(folder, 'index.html'), '<!doctype html><title>Hourglass</title>')
  await Bun.write(join(folder, 'assets/index-a1b2c3.js'), script)
  gateway = startGateway({ ui: await createFolderUi(folder) })
})
afterAll(async () => {
  await gateway.stop()
  await rm(folder, { recursive: true })
})
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}${path}`, { headers })

describe('the built UI', () => {
  test('an asset is immutable, and compressed for whoever takes it', async () => {
    for (const encoding of ['br', 'gzip']) {
      const response = await get('/assets/index-a1b2c3.js', { 'accept-encoding': encoding })
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('content-encoding')).toBe(encoding)
      expect(await response.text()).toBe(script)
    }
    const plain = await get('/assets/index-a1b2c3.js', { 'accept-encoding': 'identity' })
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, script])
  })

  test('a page is asked for again each time and costs nothing if it is the same', async () => {
    const first = await get('/')
    expect(first.headers.get('cache-control')).toBe('no-cache')
    expect(first.headers.get('content-security-policy')).toContain("script-src 'self'")
    const again = await get('/', { 'if-none-match': first.headers.get('etag') ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('content-security-policy')).toBe(first.headers.get('content-security-policy'))
  })

  test('an address of the application is the page; a missing asset, API route or file outside is a 404', async () => {
    expect(await (await get('/exams/1/results')).text()).toContain('<title>Hourglass')
    for (const path of ['/assets/gone.js', '/api/nothing', '/internal/papers/1', '/..%2f..%2fetc/passwd', '/metrics']) {
      expect((await get(path)).status).toBeOneOf([400, 404])
    }
  })

  test('a folder that was not built says so', async () => {
    expect(createFolderUi(join(folder, 'assets'))).rejects.toThrow('build the UI first')
  })
})
