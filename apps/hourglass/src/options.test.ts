import { expect, test } from 'bun:test'
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
  })
})

test('the command line goes before the environment', () => {
  const environment = { HOURGLASS_PORT: '4000', HOURGLASS_DATA: '/srv/data' }
  expect(readOptions(['start', '--port', '5000'], environment)).toMatchObject({ port: 5000, dataFolder: '/srv/data' })
})

test.each([
  [['dev', '--port', 'x'], '--port wants a number'],
  [['dev', '--colour'], 'hourglass dev | start'],
  [['dance'], 'hourglass dev | start'],
  [['dev', '--public-url', 'nowhere'], '--public-url wants an address'],
])('%p is refused by name', (args, message) => {
  expect(() => readOptions(args, {})).toThrow(message)
})
