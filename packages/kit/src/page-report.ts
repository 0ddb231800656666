/**
 * What pages report of themselves, as pages and gateway both know it. Values and types alone: students load this file.
 * Nothing in a report names a person, a thing or a browser.
 */

/** The addresses of the pages as templates; a test holds them against the pages' own. Where two fit, the first is meant. */
export const pageRoutes = [
  '/',
  '/sign-in',
  '/invitation',
  '/account',
  '/mailbox',
  '/exams/:examId',
  '/attempts/:attemptId',
  '/results',
  '/results/:attemptId',
  '/teach/classes',
  '/teach/classes/:id',
  '/teach/classes/:id/roster',
  '/teach/classes/:id/time',
  '/teach/classes/:classId/gradebook',
  '/teach/marking',
  '/teach/exams',
  '/teach/exams/new',
  '/teach/exams/:examId',
  '/teach/exams/:examId/edit',
  '/teach/exams/:examId/times',
  '/teach/exams/:examId/live',
  '/teach/exams/:examId/late',
  '/teach/exams/:examId/audit',
  '/teach/exams/:examId/results',
  '/teach/exams/:examId/results/:attemptId',
  '/teach/exams/:examId/marking',
  '/teach/exams/:examId/corrections',
  '/teach/exams/:examId/corrections/:questionId',
  '/teach/exams/:examId/statistics',
  '/teach/quizzes',
  '/teach/quizzes/import',
  '/teach/quizzes/:quizId',
  '/teach/quizzes/:quizId/publish',
  '/teach/quizzes/:quizId/versions',
  '/teach/quizzes/:quizId/editors',
  '/teach/quizzes/:quizId/export',
  '/teach/questions',
  '/teach/questions/new',
  '/teach/questions/:questionId',
  '/admin/people',
  '/admin/events',
  '/admin/reliability',
] as const

/** How a person came to a page: three by the browser, `route` within the pages. */
export const arrivals = ['navigate', 'reload', 'back-forward', 'route'] as const
export type Arrival = (typeof arrivals)[number]

/** The web vitals that are times; the fifth, CLS, is a score. https://web.dev/articles/vitals */
export const vitals = ['LCP', 'INP', 'FCP', 'TTFB'] as const
export type Vital = (typeof vitals)[number]

/** Why a save was not stored. `paused` and `signed-out` wait for somebody, `refused` is for good, the others are sent again. */
export const saveFailures = ['offline', 'timeout', 'busy', 'server', 'paused', 'signed-out', 'refused'] as const
export type SaveFailure = (typeof saveFailures)[number]

/** A report has at most so many of each. */
export const mostOfEach = 40

/** Something that a page did: showed a page, or asked the server. */
export type PageSpan = {
  /** 32 and 16 hexadecimal digits, as in the `traceparent` of the request. */
  traceId: string
  spanId: string
  parentSpanId: string | null
  /** Of the page on which it was done. */
  route: string
  /** `null`: it is the page itself that came. */
  call: { method: string; noun: string /** 0: no answer. */; status: number } | null
  /** How long before the report was sent it began. */
  agoMs: number
  durationMs: number
}

export type PageReport = {
  loads: { route: string; arrival: Arrival; seconds: number }[]
  vitals: { route: string; vital: Vital; seconds: number }[]
  /** Cumulative layout shift of a view. */
  shifts: { route: string; score: number }[]
  failedSaves: { reason: SaveFailure; count: number }[]
  /** Of each answer that is stored: seconds from when this browser kept it. */
  keptSeconds: number[]
  spans: PageSpan[]
  /** Measurements that did not fit or could not be sent. */
  dropped: number
}
