import { databaseUrlOf } from '@hourglass/support/databases'
import { processesOf } from '@hourglass/support/program'
import postgres from 'postgres'
import type { Stage } from './stage'
import { createVisitor, keepVisiting } from './visits'

type Undo = () => Promise<void>

function pidOf({ program }: Stage, name: string): number {
  const pid = processesOf(program.dataFolder)[name]
  if (pid === undefined) throw new Error(`no process is called ${name}`)
  return pid
}

/** Longer than a start and two scrapes, so that each of its lives is seen. */
const betweenKillsMs = 12_000

export async function killAgain(stage: Stage, service: string, times: number): Promise<Undo> {
  for (let time = 1; time <= times; time++) {
    process.kill(pidOf(stage, service), 'SIGKILL')
    if (time < times) await Bun.sleep(betweenKillsMs)
  }
  return async () => {}
}

/** It keeps its ports and its connections and answers nothing. */
export async function hangService(stage: Stage, service: string): Promise<Undo> {
  const pid = pidOf(stage, service)
  process.kill(pid, 'SIGSTOP')
  return async () => void process.kill(pid, 'SIGCONT')
}

/** Less than the 3 s after which the driver calls the server lost. */
const [standsMs, goesMs, visitors] = [2_600, 800, 3]

/** Who opens the list of quizzes as the store begins to stand still waits until it goes on. */
export async function pulseMongodb(stage: Stage): Promise<Undo> {
  const pid = pidOf(stage, 'MongoDB')
  const visit = await createVisitor(stage, '/api/quizzes')
  let isHealed = false
  const pulsing = (async () => {
    while (!isHealed) {
      process.kill(pid, 'SIGSTOP')
      const visiting = visit(visitors)
      await Bun.sleep(standsMs)
      process.kill(pid, 'SIGCONT')
      await Promise.all([visiting, Bun.sleep(goesMs)])
    }
  })()
  return async () => {
    isHealed = true
    await pulsing
    keepVisiting(stage, visit, standsMs + goesMs, visitors)
  }
}

/** PostgreSQL runs on; the database of one service is away. */
export async function shutDatabaseOf({ program }: Stage, service: string): Promise<Undo> {
  const sql = postgres(databaseUrlOf(program.dataFolder, 'postgres'), { max: 1, onnotice: () => {} })
  const name = `hourglass_${service}`
  await sql`alter database ${sql(name)} allow_connections false`
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  return async () => {
    await sql`alter database ${sql(name)} allow_connections true`
    await sql.end({ timeout: 1 })
  }
}

/** The same of grading, while a teacher looks at marks again and again. */
export async function shutGrading(stage: Stage): Promise<Undo> {
  keepVisiting(stage, await createVisitor(stage, `/api/marks?examId=${stage.saving.examId}`), 3_000)
  return shutDatabaseOf(stage, 'grading')
}
