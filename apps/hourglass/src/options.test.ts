import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from './options'

test('without options: port 3000, metrics beside it, this machine only, the folder .hourglass', () => {
  expect(readOptions(['dev'], {})).toEqual({
    command: 'dev',
    host: '127.0.0.1',
    port: 3000,
    metricsPort: 3001,
    dataFolder: '.hourglass',
    publicUrl: 'http://localhost:3000',
    reset: false,
    isEmpty: false,
    isObserved: false,
    scale: {},
  })
})

test('the command line goes before the environment', () => {
  const environment = { HOURGLASS_PORT: '4000', HOURGLASS_DATA: '/srv/data' }
  expect(readOptions(['start', '--port', '5000'], environment)).toMatchObject({ port: 5000, dataFolder: '/srv/data' })
})

test.each([
  [['dev', '--port', 'x'], '--port wants a number'],
  [['dev', '--colour'], 'hourglass dev | start | stack'],
  [['dance'], 'hourglass dev | start | stack'],
  [['dev', '--public-url', 'nowhere'], '--public-url wants an address'],
  [['stack', '--scale', 'exams=0'], '--scale wants a service and 1 to 9 replicas'],
  [['stack', '--scale', 'gateway=2'], '--scale wants a service'],
])('%p is refused by name', (args, message) => {
  expect(() => readOptions(args, {})).toThrow(message)
})

test('docs/environment-setup.md names every variable that the single process reads, and no other', () => {
  const of = (text: string) => [...new Set([...text.matchAll(/\bHOURGLASS_[A-Z_]+/g)].map(([name]) => name))]
  const sources = [...new Bun.Glob('**/*.ts').scanSync({ cwd: import.meta.dir, absolute: true })]
  const code = sources.filter((file) => !file.endsWith('.test.ts')).map((file) => readFileSync(file, 'utf8'))
  const guide = readFileSync(join(import.meta.dir, '../../../docs/environment-setup.md'), 'utf8')
  const documented = of(
    guide.slice(guide.indexOf('## The single process'), guide.indexOf('## Every service by itself')),
  )
  // What the supervisor tells its own child.
  const read = of(code.join()).filter((name) => name !== 'HOURGLASS_SERVE')
  expect(documented.toSorted()).toEqual(read.toSorted())
})
