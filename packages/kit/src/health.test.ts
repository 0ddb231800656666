import { expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { health, type Readiness } from './health'

const readiness: Readiness = { state: 'starting', check: async () => true }
const app = new Elysia().use(health(readiness))
const statuses = async () => {
  const ask = (name: string) => app.handle(new Request(`http://localhost/health/${name}`))
  return (await Promise.all(['startup', 'live', 'ready'].map(ask))).map(({ status }) => status)
}

test('startup turns true once; live says nothing of dependencies; ready asks them and ends with the signal to stop', async () => {
  expect(await statuses()).toEqual([503, 200, 503])
  readiness.state = 'ready'
  expect(await statuses()).toEqual([200, 200, 200])
  readiness.check = async () => false
  expect(await statuses()).toEqual([200, 200, 503])
  readiness.check = () => Promise.reject(new Error('unreachable'))
  expect(await statuses()).toEqual([200, 200, 503])
  readiness.check = async () => true
  readiness.state = 'draining'
  expect(await statuses()).toEqual([200, 200, 503])
})
