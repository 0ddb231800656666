import { createApi, signIn } from '@hourglass/support/api'
import { eventually } from '@hourglass/testing/poll'
import type { Rig } from '../rig/rig'
import type { Act, Exam } from '../scenario'
import { kill, signal } from './acts'

/**
 * PostgreSQL is away for a while. The teacher gives the minutes back, in two tabs that say it differently, while replicas of the exam
 * room die: neither tab hears whether the first try was done, and both ask again.
 */
export const giveBackAnOutage: Act = async (rig, random, exam) => {
  const from = new Date()
  await kill('postgres')(rig, random, exam)
  await Bun.sleep(1_500)
  await rig.heal()
  const to = new Date()
  const middle = new Date((from.getTime() + to.getTime()) / 2)
  const deaths = killReplicas(rig, random, exam)
  await Promise.all([giveBack(rig, exam, from, to), giveBack(rig, exam, middle, to), giveBack(rig, exam, from, to)])
  await deaths
}

async function killReplicas(...of: Parameters<Act>): Promise<void> {
  for (let time = 0; time < 3; time++) {
    await Bun.sleep(150)
    await signal('SIGKILL', 'exams')(...of)
  }
}

/** As often as it takes. */
async function giveBack({ url }: Rig, exam: Exam, from: Date, to: Date): Promise<void> {
  const { email, password } = exam.teacher
  const outage = { from: from.toISOString(), to: to.toISOString(), reason: 'The database was away.' }
  const patience = { withinMs: 30_000, everyMs: 100 }
  const api = await eventually(() => signIn(createApi(url), email, password), patience)
  await eventually(() => api.must('POST', `/api/exams/${exam.id()}/compensate`, outage), patience)
  exam.compensated.push({ from, to, toldAt: new Date() })
}
