import { afterAll, expect, test } from 'bun:test'
import { type RunningJob, startJob } from '@hourglass/kit/jobs'
import { eq } from 'drizzle-orm'
import { openRoom } from '../fixtures/room'
import { createJobs } from './jobs'
import { auditLog, events, snapshots } from './schema'

const room = await openRoom({ networkGraceSeconds: 2 })
const { db, deps } = room
const jobs: RunningJob[] = createJobs(deps).map((job) => startJob(job, deps.service))
afterAll(async () => {
  await Promise.all(jobs.map((job) => job.stop()))
  await room.close()
})

test('within 2 s of the deadline the server has sealed, no client speaking; late answers follow in a second snapshot', async () => {
  const exam = await room.schedule({ limitSeconds: 1 })
  const attempt = await room.start(exam.examId, await room.addStudent())
  await room.saveText(attempt, 1, 'in time')
  const deadline = Date.parse(attempt.deadline ?? '')
  while ((await room.rowOf(attempt.attemptId)).state === 'open') await Bun.sleep(50)
  const [first] = await db.select().from(snapshots).where(eq(snapshots.attemptId, attempt.attemptId))
  expect((first?.takenAt.getTime() ?? Number.POSITIVE_INFINITY) - deadline).toBeLessThan(2_000)
  expect((await room.saveText(attempt, 2, 'on its way')).isLate).toBe(true)
  await Bun.sleep(3_200)
  const snapshot = await room.snapshotOf(attempt.attemptId)
  expect(snapshot.revision).toBe(2)
  expect(snapshot.answers[0]).toMatchObject({ seq: 2, isLate: true })
  expect(snapshot.sealedAt).toBe(attempt.deadline ?? '')
  const told = await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.sealed'))
  expect(told.filter(({ publishedAt }) => publishedAt !== null)).toHaveLength(2)
  const audited = await db.select().from(auditLog).where(eq(auditLog.examId, exam.examId))
  expect(audited.every(({ hash }) => hash !== null)).toBe(true)
}, 60_000)
