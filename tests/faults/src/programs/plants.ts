/** A bug that is put into test builds of some services, to see that a scenario finds it. */
export type Plant = {
  name: string
  services: readonly string[]
  /** The source file that ends so, and which of its texts become which others. */
  file: string
  changes: readonly (readonly [find: string, replace: string])[]
  /** The scenario that must break. */
  scenario: string
}

export const plants: readonly Plant[] = [
  {
    name: 'a save is acknowledged before it is on disk',
    services: ['exams'],
    file: 'packages/kit/src/db/connect.ts',
    changes: [["TimeZone: 'UTC',", "TimeZone: 'UTC', synchronous_commit: 'off',"]],
    scenario: 'PostgreSQL is killed',
  },
  {
    name: 'a query has no deadline of the client’s (trap 4)',
    services: ['exams'],
    file: 'packages/kit/src/db/connect.ts',
    changes: [['    watchAnswers(socket, answerTimeoutMs)\n', '']],
    scenario: 'PostgreSQL’s answers are swallowed',
  },
  {
    name: 'the relay pages by id (trap 3)',
    services: ['exams'],
    file: 'packages/events/src/postgres-source.ts',
    changes: [
      ['import { and, ', 'import { gt, and, '],
      [
        'export const createPostgresSource',
        "let last = '00000000-0000-0000-0000-000000000000'\nexport const createPostgresSource",
      ],
      ['.where(isNull(outbox.publishedAt))', '.where(and(isNull(outbox.publishedAt), gt(outbox.id, last)))'],
      ['.orderBy(asc(outbox.occurredAt), asc(outbox.id))\n        .limit', '.orderBy(asc(outbox.id))\n        .limit'],
      ['const taken = rows', 'last = rows.at(-1)?.id ?? last\n      const taken = rows'],
    ],
    scenario: 'nothing is broken',
  },
  {
    name: 'nobody looks for what the bus lost',
    services: ['grading'],
    file: 'packages/events/src/catch-up.ts',
    changes: [['for (const feed of feeds) {', 'for (const feed of feeds.slice(0, 0)) {']],
    scenario: 'all queues are purged all the time',
  },
  {
    name: 'an event is answered before its effect is stored (ack before commit)',
    services: ['grading'],
    file: 'packages/events/src/consume.ts',
    changes: [
      [
        '      await take(db, events, consumer, envelope).catch((error) =>',
        '      void take(db, events, consumer, envelope).catch((error) =>',
      ],
    ],
    scenario: 'grading is killed',
  },
  {
    name: 'no inbox: an event has its effect as often as it comes',
    services: ['notifier', 'grading'],
    file: 'packages/events/src/inbox.ts',
    changes: [['if (taken.length === 0) return', '']],
    scenario: 'connections to RabbitMQ are reset, again and again',
  },
  {
    name: 'the cache is needed to sign in',
    services: ['gateway'],
    file: 'apps/gateway/src/rate-limit.ts',
    changes: [['localUntil = Date.now() + localMs\n', 'throw error\n']],
    scenario: 'Redis is away when students sign in',
  },
  {
    name: 'only a submission ends an attempt',
    services: ['exams'],
    file: 'apps/exams/src/jobs.ts',
    changes: [["name: 'sealer',\n      everyMs: 250,", "name: 'sealer',\n      everyMs: 600_000,"]],
    scenario: 'nothing is broken',
  },
  {
    name: 'a save goes to one replica alone',
    services: ['gateway'],
    file: 'packages/kit/src/replicas.ts',
    changes: [['if (!mayGoOn || tried >= bases.length) throw error', 'throw error']],
    scenario: 'one replica of the exam room is killed',
  },
]
