import type { SourceChange } from './build'

/** A bug that is put into test builds of some services, to see that a scenario finds it. */
export type Plant = {
  name: string
  changes: readonly SourceChange[]
  /** The scenario that must break. */
  scenario: string
}

const plant = (name: string, scenario: string, ...changes: Omit<SourceChange, 'name'>[]): Plant => ({
  ...{ name, scenario },
  changes: changes.map((change) => ({ name, ...change })),
})

/** What is left of a service's looking for missed events: nothing. */
const withoutCatchUp = (...services: string[]) => ({
  services,
  file: 'packages/events/src/catch-up.ts',
  edits: [['for (const feed of feeds) {', 'for (const feed of feeds.slice(0, 0)) {']] as const,
})

export const plants: readonly Plant[] = [
  plant('a save does not hold its attempt (trap 1)', 'PostgreSQL is slow until all have ended', {
    services: ['exams'],
    file: 'apps/exams/src/answers/store/plain.ts',
    edits: [['order by id for share skip locked', 'order by id']],
  }),
  plant('the time is read before the wait for the lock (trap 2)', 'attempts’ rows are held over their end', {
    services: ['exams'],
    file: 'apps/exams/src/answers/store/judged.ts',
    edits: [['epoch from clock_timestamp()', 'epoch from now()']],
  }),
  plant('the relay pages by id (trap 3)', 'nothing is broken', {
    services: ['exams'],
    file: 'packages/events/src/postgres-source.ts',
    edits: [
      ['import { and, ', 'import { gt, and, '],
      [
        'export const createPostgresSource',
        "let last = '00000000-0000-0000-0000-000000000000'\nexport const createPostgresSource",
      ],
      ['.where(isNull(outbox.publishedAt))', '.where(and(isNull(outbox.publishedAt), gt(outbox.id, last)))'],
      ['.orderBy(asc(outbox.occurredAt), asc(outbox.id))\n        .limit', '.orderBy(asc(outbox.id))\n        .limit'],
      ['const taken = rows', 'last = rows.at(-1)?.id ?? last\n      const taken = rows'],
    ],
  }),
  plant('a query has no deadline of the client’s (trap 4)', 'PostgreSQL’s answers are swallowed', {
    services: ['exams'],
    file: 'packages/kit/src/db/connect.ts',
    edits: [['    watchAnswers(socket, answerTimeoutMs)\n', '']],
  }),
  plant('a gateway stops without draining (trap 5)', 'gateways restart one after the other while PostgreSQL is slow', {
    services: ['gateway'],
    file: 'apps/gateway/src/index.ts',
    edits: [["{ name: 'drain', stop: drain },", "{ name: 'drain', stop: () => process.exit(0) },"]],
  }),
  plant('a save that is sent again is judged anew (trap 8)', 'a process dies where a save is stored and not answered', {
    services: ['exams'],
    file: 'apps/exams/src/answers/store/judged.ts',
    edits: [['known.length === 0 ? new', 'true ? new']],
  }),
  plant(
    'who publishes does not ask for a queue, and nobody looks for what was lost (trap 9)',
    'grading’s queue is deleted while grading hangs, and stays so until all have ended',
    {
      services: ['exams', 'students', 'quizzes', 'grading'],
      file: 'packages/events/src/rabbitmq/publisher.ts',
      edits: [['else if (wasReturned)', 'else if (false)']],
    },
    withoutCatchUp('grading', 'exams'),
  ),
  plant(
    'nobody looks for what the bus lost',
    'all that grading was told is lost with its queue',
    withoutCatchUp('grading'),
  ),
  plant(
    'an event is acknowledged before its effect is stored, and nobody looks for what was lost',
    'a process dies where an event has its effect, not committed',
    {
      services: ['grading'],
      file: 'packages/events/src/rabbitmq/consume-queues.ts',
      edits: [['      await handle\n      channel.ack(message)', '      channel.ack(message)\n      await handle']],
    },
    withoutCatchUp('grading'),
  ),
  plant(
    'no inbox: an event has its effect as often as it comes',
    'a process dies where an event has its effect and is not acknowledged',
    {
      services: ['grading'],
      file: 'packages/events/src/inbox.ts',
      edits: [
        ['if (taken.length === 0) return', ''],
        ['return new Set(rows.map(({ eventId }) => eventId))', 'return new Set()'],
        ['await effect(tx, new Set(taken))', 'await effect(tx, new Set(ids))'],
      ],
    },
  ),
  plant(
    'an outage is given back as often as somebody asks (I14)',
    'the minutes of an outage are given back while the exam room dies',
    {
      services: ['exams'],
      file: 'apps/exams/src/attempts/control.ts',
      edits: [['subtractIntervals(touched, [...taken, ...standing])', 'subtractIntervals(touched, standing)']],
    },
  ),
  plant('a save is acknowledged before it is on disk', 'PostgreSQL is killed', {
    services: ['exams'],
    file: 'packages/kit/src/db/connect.ts',
    edits: [["TimeZone: 'UTC',", "TimeZone: 'UTC', synchronous_commit: 'off',"]],
  }),
  plant('the cache is needed to sign in', 'Redis is away when students sign in', {
    services: ['gateway'],
    file: 'apps/gateway/src/rate-limit.ts',
    edits: [['localUntil = Date.now() + localMs\n', 'throw error\n']],
  }),
  plant('only a submission ends an attempt', 'nothing is broken', {
    services: ['exams'],
    file: 'apps/exams/src/jobs.ts',
    edits: [["name: 'sealer',\n      everyMs: 250,", "name: 'sealer',\n      everyMs: 600_000,"]],
  }),
  plant('a save goes to one replica alone', 'one replica of the exam room is killed', {
    services: ['gateway'],
    file: 'packages/kit/src/replicas.ts',
    edits: [['if (!mayGoOn || tried >= order.length) throw error', 'throw error']],
  }),
  plant('the paper tells what is accepted', 'nothing is broken', {
    services: ['quizzes'],
    file: 'packages/questions/src/split.ts',
    edits: [
      [
        'paper: { type, ...paper },\n        key: { type, ...key, caseSensitive',
        'paper: { type, ...paper, html: paper.html + JSON.stringify(question.accepted) },\n        key: { type, ...key, caseSensitive',
      ],
    ],
  }),
  plant('an attempt is found by its exam alone', 'nothing is broken', {
    services: ['exams'],
    file: 'apps/exams/src/attempts/start.ts',
    edits: [
      ['and(eq(attempts.examId, exam.id), eq(attempts.personId, personId))', 'and(eq(attempts.examId, exam.id))'],
    ],
  }),
  plant('the exam room’s own clock ends attempts', 'the exam room’s clock is 45 s ahead', {
    services: ['exams'],
    file: 'apps/exams/src/seal/sealer.ts',
    edits: [
      [
        `sql\`statement_timestamp() - make_interval(secs => \${overdueSeconds})\``,
        'new Date(Date.now() - overdueSeconds * 1_000)',
      ],
    ],
  }),
]
