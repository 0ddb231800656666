import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SourceChange } from './build'

type Point = {
  name: string
  services: readonly string[]
  file: string
  /** The point is right before this text. */
  before: string
  /** Only if this holds there. */
  when?: string
}

/** Places at which everything is most delicate: right before and right after each commit on an answer's path. */
const points = [
  {
    name: 'a save has come and is not stored',
    services: ['exams'],
    file: 'apps/exams/src/answers/store/plain.ts',
    before: 'const rows = await sql<Stored[]>`',
  },
  {
    name: 'a save is stored and not answered',
    services: ['exams'],
    file: 'apps/exams/src/answers/store/plain.ts',
    before: 'for (const { index, now, deadline, isStale } of rows) {',
    when: 'rows.length > 0',
  },
  {
    name: 'a submission is written and not committed',
    services: ['exams'],
    file: 'apps/exams/src/attempts/submit.ts',
    before: 'return rows.map(({ id }) => id)',
  },
  {
    name: 'a submission is committed and not answered',
    services: ['exams'],
    file: 'apps/exams/src/attempts/submit.ts',
    before: 'return readSeals(db, ids)',
  },
  {
    name: 'seals are written and not committed',
    services: ['exams'],
    file: 'apps/exams/src/seal/sealer.ts',
    before: 'return { sealed, timed:',
    when: 'sealed.length > 0',
  },
  {
    name: 'events are taken up and not published',
    services: ['exams'],
    file: 'packages/events/src/postgres-source.ts',
    before: 'const outcomes = await Promise.all',
    when: 'rows.length > 0',
  },
  {
    name: 'events are published and not noted so',
    services: ['exams'],
    file: 'packages/events/src/postgres-source.ts',
    before: 'const taken = rows.filter',
    when: 'rows.length > 0',
  },
  {
    name: 'an event has its effect, not committed',
    services: ['grading'],
    file: 'packages/events/src/inbox.ts',
    before: 'await tx.delete(parked)',
  },
  {
    name: 'an event has its effect and is not acknowledged',
    services: ['grading'],
    file: 'packages/events/src/rabbitmq/consume-queues.ts',
    before: 'channel.ack(message)',
  },
  {
    name: 'a mail is sent and not noted so',
    services: ['notifier'],
    file: 'apps/notifier/src/deliveries/send.ts',
    before: "await settle(db, delivery, { state: mail ? 'sent'",
  },
] as const satisfies readonly Point[]

export type CrashPointName = (typeof points)[number]['name']
export const crashPointNames: readonly CrashPointName[] = points.map(({ name }) => name)

export type CrashPoints = {
  changes: readonly SourceChange[]
  /** Whichever process comes there first dies, once. */
  arm: (name: CrashPointName) => void
  /** Those that nobody came to; none is armed any more. */
  disarm: () => CrashPointName[]
  remove: () => void
}

/** A point is armed by a file: who takes it away dies, and no other. */
export function createCrashPoints(): CrashPoints {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-crash-points-'))
  const fileOf = (name: string) => join(folder, String(Bun.hash.crc32(name)))
  return {
    changes: points.map(({ name, services, file, before, ...rest }) => {
      const condition = 'when' in rest ? rest.when : 'true'
      const die = `require('node:fs').unlinkSync('${fileOf(name)}'); process.kill(process.pid, 'SIGKILL')`
      return { name, services, file, edits: [[before, `if (${condition}) try { ${die} } catch {}\n${before}`]] }
    }),
    arm: (name) => writeFileSync(fileOf(name), ''),
    disarm: () => {
      const left = crashPointNames.filter((name) => existsSync(fileOf(name)))
      for (const name of left) rmSync(fileOf(name), { force: true })
      return left
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
