import { expect, test } from 'bun:test'
import { onPort } from './on-port'

test('a taken port is one line that names it and the option', () => {
  const other = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response() })
  const port = Number(other.port)
  const serve = () => Bun.serve({ hostname: '127.0.0.1', port, fetch: () => new Response() })
  expect(() => onPort('--port', port, serve)).toThrow(
    `Port ${port} is taken by another program. Stop it, or choose another with --port.`,
  )
  other.stop(true)
})
