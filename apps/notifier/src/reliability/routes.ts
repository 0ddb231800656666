import { Elysia } from 'elysia'
import type { Deps } from '../deps'
import { ReliabilityReport } from './model'
import { reportReliability } from './report'

export const reliabilityRoutes = ({ reliability }: Pick<Deps, 'reliability'>) =>
  new Elysia({ prefix: '/api/reliability', tags: ['reliability'] }).get('', () => reportReliability(reliability), {
    response: ReliabilityReport,
    detail: { summary: 'What is promised, how far it is kept, and how fast the error budgets burn' },
  })
