import { describe, expect, test } from 'bun:test'
import { silentLogger } from '@hourglass/kit/logger'
import { describe as describeApp } from '@hourglass/kit/openapi'
import { policyTable } from '@hourglass/policy'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { createApp } from '../app'
import { createPageReports } from '../page-reports/page-reports'
import { gatewayDeps, startGateway } from '../test-gateway'
import { createHttpUpstream, createLocalUpstream } from '../upstream'
import { mergeDocuments } from './merge'

const untraced = { tracer: null, service: 'test' }

const Person = z.object({ name: z.string() }).meta({ id: 'Thing' })
const Quiz = z.object({ title: z.string() }).meta({ id: 'Thing' })
const students = new Elysia().get('/api/people', () => ({ items: [] }), {
  response: z.object({ items: z.array(Person) }),
})
const quizzes = new Elysia().get('/api/quizzes', () => ({ items: [] }), {
  response: z.object({ items: z.array(Quiz) }),
})

test('every own route of the gateway has a row in the policy table, and every row a route', () => {
  const deps = gatewayDeps({})
  const pageReports = createPageReports({ isOn: true, tracer: null }, deps.service.metrics.registry)
  const routes = createApp(deps, pageReports).routes.map(({ method, path }) => `${method} ${path}`)
  const rows = policyTable.filter(({ path }) => /^\/api\/(time|openapi|docs|telemetry)/.test(path))
  expect(routes.filter((name) => !name.includes(' /health/')).sort()).toEqual(
    rows.map(({ method, path }) => `${method} ${path}`).sort(),
  )
})

describe('the merged document', () => {
  test('is valid OpenAPI, with each service’s own schemas, security by the policy and the shape of errors', async () => {
    const gateway = startGateway({
      upstreams: {
        students: createLocalUpstream(students),
        quizzes: createLocalUpstream(quizzes),
        exams: createHttpUpstream(['http://127.0.0.1:9'], (fetcher) => fetcher, untraced),
      },
    })
    const document = await (await fetch(`${gateway.url}/api/openapi.json`)).json()
    await gateway.stop()
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true })
    expect(document['x-missing']).toEqual(['exams'])
    expect(Object.keys(document.components.schemas)).toEqual(['Error', 'students.Thing.output', 'quizzes.Thing.output'])
    expect(document.paths['/api/time'].get).toMatchObject({
      security: [],
      responses: { default: { description: 'Refused or failed' } },
    })
  })

  test('takes who may call a route from the policy table', async () => {
    const app = new Elysia()
      .get('/api/quizzes', () => '')
      .put('/api/attempts/:id', () => '')
      .get('/api/time', () => '')
    const document = await mergeDocuments(
      [{ name: 'x', document: async () => describeApp(app) }],
      [
        { method: 'GET', path: '/api/quizzes', allow: ['teacher'] },
        { method: 'PUT', path: '/api/attempts/:id', allow: { seat: true, roles: ['student'] } },
        { method: 'GET', path: '/api/time', allow: 'public' },
      ],
      silentLogger(),
    )
    expect(document.paths['/api/quizzes']?.get?.security).toEqual([{ person: [] }])
    expect(document.paths['/api/attempts/{id}']?.put?.security).toEqual([{ seat: [] }, { person: [] }])
    expect(document.paths['/api/time']?.get?.security).toEqual([])
  })
})

test('the page loads nothing from elsewhere and its parts are there', async () => {
  const gateway = startGateway({})
  const page = await (await fetch(`${gateway.url}/api/docs`)).text()
  const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '')
  expect(parts).toHaveLength(4)
  for (const address of parts.filter((part) => part !== 'data:,')) {
    expect(address).toStartWith('/api/docs/')
    expect((await fetch(`${gateway.url}${address}`)).status).toBe(200)
  }
  expect(page).not.toMatch(/<script>|<style|style=/)
  expect((await fetch(`${gateway.url}/api/docs/package.json`)).status).toBe(404)
  await gateway.stop()
})
