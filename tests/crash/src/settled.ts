import { openDatabases, servicesOn } from '@hourglass/support/databases'

/**
 * Waits until the system has come to rest by itself after the last kill: every attempt of the exam has ended and has a result of
 * its newest snapshot, nothing is to be sealed anew, published, tried again or mailed. Answers what is still open after
 * `withinMs`, or nothing.
 */
export async function untilSettled(dataFolder: string, examId: string, withinMs = 60_000): Promise<string[]> {
  const giveUpAt = performance.now() + withinMs
  while (true) {
    const open = await readOpen(dataFolder, examId).catch((error) => [`the databases cannot be read: ${error}`])
    if (open.length === 0) return []
    if (performance.now() > giveUpAt) return open.map((line) => `I5: a minute after the last kill ${line}`)
    await Bun.sleep(250)
  }
}

async function readOpen(dataFolder: string, examId: string): Promise<string[]> {
  const databases = openDatabases(dataFolder)
  try {
    const [exams, grading, notifier] = [databases.of('exams'), databases.of('grading'), databases.of('notifier')]
    const attempts = await exams<{ id: string; state: string; digest: string | null }[]>`
      select id, state, digest from exams.attempts
      left join exams.snapshots on attempt_id = id and revision = snapshot_revision where exam_id = ${examId}`
    const results = await grading<{ id: string; digest: string | null; basis: string | null; told: Date | null }[]>`
      select attempts.attempt_id as id, snapshot_digest as digest, basis, release_told_at as told from grading.attempts
      left join grading.results on results.attempt_id = attempts.attempt_id where attempts.exam_id = ${examId}`
    const resultOf = new Map(results.map((result) => [result.id, result]))
    const isUnmarked = ({ id, digest }: { id: string; digest: string | null }) => {
      const result = resultOf.get(id)
      return digest === null || result?.digest !== digest || result.basis === null || result.told === null
    }
    const [reseals] = await exams<{ count: number }[]>`select count(*)::int as count from exams.reseals`
    const [unlinked] = await exams<{ count: number }[]>`
      select count(*)::int as count from exams.audit_log where number is null`
    const planned = await notifier<{ id: string }[]>`
      select subject_id as id from notifier.deliveries where exam_id = ${examId} and kind = 'result-released'`
    const isPlanned = new Set(planned.map(({ id }) => id))
    const [mails] = await notifier<{ count: number }[]>`
      select count(*)::int as count from notifier.deliveries where state = 'pending'`
    const lines: [number, string][] = [
      [attempts.filter(({ state }) => state !== 'sealed').length, 'attempts are not sealed'],
      [attempts.filter(isUnmarked).length, 'attempts have no result of their newest snapshot'],
      [reseals?.count ?? 0, 'attempts wait to be sealed anew'],
      [unlinked?.count ?? 0, 'audit rows are not in the chain'],
      // Between a broker's confirm and the notifier's inbox an event is in neither database.
      [attempts.filter(({ id }) => !isPlanned.has(id)).length, 'results of which nobody is to be told'],
      [mails?.count ?? 0, 'mails wait to be sent'],
    ]
    for (const service of servicesOn(dataFolder)) {
      const sql = databases.of(service)
      const [outbox] = await sql<{ count: number }[]>`
        select count(*)::int as count from ${sql(service)}.outbox where published_at is null`
      const parked = await sql<{ name: string; failures: number; reason: string; next: Date | null }[]>`
        select name, failures, reason, next_attempt_at as next from ${sql(service)}.parked_events`
      const said = parked.map(
        ({ name, failures, reason, next }) =>
          `${name} failed ${failures} times, is tried ${next?.toISOString() ?? 'no more'}: ${reason}`,
      )
      lines.push(
        [outbox?.count ?? 0, `events wait in ${service}`],
        [parked.length, `events failed in ${service}: ${said.join('; ')}`],
      )
    }
    return lines.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  } finally {
    await databases.close()
  }
}
