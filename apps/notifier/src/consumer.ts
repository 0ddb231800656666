import type { Apply, Consumer } from '@hourglass/events/consume'
import type { EventOf } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { sql } from 'drizzle-orm'
import { copyExam } from './copies/exams'
import { copyClass, copyPerson } from './copies/people'
import { planClass, planExam, planResult } from './deliveries/plan'
import type { Deps } from './deps'

/**
 * What the notifier takes in. Events may come in any order: each keeps its own part, and whoever is to be told follows from what
 * is here. A delivery to somebody whose address is not here yet waits for it. What is written alone: no port is needed.
 */
export function createConsumer(_deps?: Deps): Consumer {
  const takeExam =
    ({ data }: EventOf<'exam.changed'> | EventOf<'exam.scheduled'>): Apply =>
    async (tx) => {
      await lockClass(tx, data.classId)
      const change = await copyExam(tx, data)
      if (change !== 'none') await planExam(tx, data.examId, change)
    }
  return {
    name: 'notifier',
    handlers: {
      'person.changed':
        ({ data }) =>
        (tx) =>
          copyPerson(tx, data),
      'class.changed':
        ({ data }) =>
        async (tx) => {
          await lockClass(tx, data.classId)
          if (await copyClass(tx, data)) await planClass(tx, data.classId)
        },
      'exam.scheduled': takeExam,
      'exam.changed': takeExam,
      'result.released':
        ({ data }) =>
        (tx) =>
          planResult(tx, data),
    },
  }
}

/** An exam and its class that came at the same moment would each miss the other, and nobody would be told. */
const lockClass = async (tx: Db, classId: string): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${classId}, 0))`))
