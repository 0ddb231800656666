import { Elysia } from 'elysia'
import type { Deps } from '../deps'
import { ReliabilityReport } from './model'
import { createReport } from './report'

export const reliabilityRoutes = ({ reliability }: Pick<Deps, 'reliability'>) =>
  new Elysia({ prefix: '/api/reliability', tags: ['reliability'] }).get('', createReport(reliability), {
    response: ReliabilityReport,
    detail: { summary: 'What is promised, how far it is kept, and how fast the error budgets burn' },
  })
