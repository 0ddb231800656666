import { expect, test } from 'bun:test'
import { z } from 'zod'
import { ConfigError, Port, readConfig } from './config'

const Config = z.object({
  PORT: Port,
  DATABASE_URL: z.url(),
  SECRET: z.string().min(32),
  NAME: z.string().default('x'),
})
const url = 'postgres://localhost/x'

test('a bad environment is told with every fault at once, by name and without a value', () => {
  let message = ''
  try {
    readConfig(Config, { PORT: 'CANARY', SECRET: 'CANARY' })
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    message = String(error)
  }
  expect(message).toContain('3 fault(s)')
  for (const name of ['PORT', 'DATABASE_URL', 'SECRET']) expect(message).toContain(`  ${name}: `)
  expect(message).not.toContain('CANARY')
})

test('an empty text is not set: the default holds, and what is needed is missed', () => {
  const right = { PORT: '80', DATABASE_URL: url, SECRET: 's'.repeat(32) }
  expect(readConfig(Config, { ...right, NAME: '' })).toEqual({ ...right, PORT: 80, NAME: 'x' })
  expect(() => readConfig(Config, { ...right, DATABASE_URL: '' })).toThrow('DATABASE_URL')
})
