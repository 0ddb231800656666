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
    isEmpty: false,
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
