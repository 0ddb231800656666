import { describe, type OpenApiDocument } from '@hourglass/kit/openapi'
import { service } from '@hourglass/kit/service'
import { policyTable } from '@hourglass/policy'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from './deps'
import { docsFile, docsPage } from './openapi/docs-page'
import { type DocumentSource, mergeDocuments } from './openapi/merge'
import { Report } from './page-reports/model'
import type { PageReports } from './page-reports/page-reports'

const ServerTime = z.object({ serverTime: z.int().describe('Milliseconds since 1970-01-01T00:00:00Z') })

/** The gateway's own routes. Everything else of it is in `gateway.ts`, outside of any framework. */
export const createApp = (deps: Deps, pageReports: PageReports) =>
  new Elysia().use(service(deps.service)).use(ownRoutes(deps, pageReports))
export type App = ReturnType<typeof createApp>

function ownRoutes({ upstreams, service: { log } }: Deps, pageReports: PageReports) {
  const routes = new Elysia({ prefix: '/api', tags: ['gateway'] })
    .get('/time', () => ({ serverTime: Date.now() }), {
      response: ServerTime,
      detail: { summary: 'The server’s clock, for the clocks of browsers' },
    })
    .get('/openapi.json', () => merged(), {
      detail: { summary: 'This document' },
    })
    .get('/docs', docsPage, { detail: { summary: 'This document as a page' } })
    .get('/docs/:file', ({ params }) => docsFile(params.file), {
      params: z.object({ file: z.string() }),
      detail: { summary: 'A file of the page' },
    })
    .post(
      '/telemetry',
      ({ body, set }) => {
        pageReports.take(body)
        set.status = 204
      },
      {
        body: Report,
        detail: {
          summary: 'What a page measured of itself: times and failures, of nobody and without ids',
          responses: { 204: { description: 'Taken' } },
        },
      },
    )
  const sources = (): DocumentSource[] => [
    { name: 'gateway', document: async () => describe(routes) },
    ...Object.entries(upstreams).map(([name, { document }]) => ({ name, document })),
  ]
  // Schemas change with a release, and reading them all takes milliseconds that anybody could ask for.
  let kept: Promise<OpenApiDocument> | null = null
  const merged = async (): Promise<OpenApiDocument> => {
    kept ??= mergeDocuments(sources(), policyTable, log)
    const document = await kept
    if ('x-missing' in document) kept = null
    return document
  }
  return routes
}
