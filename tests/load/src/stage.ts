import { loadavg } from 'node:os'
import { type Api, createApi, signIn } from '@hourglass/support/api'
import { createProgram, type Program, type Shape } from '@hourglass/support/program'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import { signInAll } from './room'

/** The real program with a school in it, whose students have signed in. */
export type Stage = {
  program: Program
  students: readonly Api[]
  /** In how many seconds all of them start, each at their own moment. */
  startSeconds: number
  /** Answers the exam's id. */
  schedule: (settings: object) => Promise<string>
  end: () => Promise<void>
}

/** @param replicas of the exam room, where each service is a process of its own. */
export async function createStage(options: {
  shape: Shape
  replicas: number
  students: number
  startsPerSecond?: number
  environment?: Record<string, string>
}): Promise<Stage> {
  const { shape, replicas, students: count, startsPerSecond = 50, environment = {} } = options
  const program = await createProgram(environment, shape, replicas > 1 ? ['--scale', `exams=${replicas}`] : [])
  try {
    program.launch()
    await program.untilReady(120_000)
    const school: School = await createSchool(program, { students: count })
    const students = await signInAll(program.url, school)
    return {
      ...{ program, students, startSeconds: count / startsPerSecond },
      schedule: async (settings) => {
        const { email, password } = school.teacher
        return scheduleExam(await signIn(createApi(program.url), email, password), school, { ...settings })
      },
      end: () => program.end(),
    }
  } catch (error) {
    console.error(program.output().slice(-4_000))
    await program.end()
    throw error
  }
}

/** With the load average of the last minute: on a machine that others use too, figures say little without it. */
export function print(what: string, figures: object): void {
  console.log(`${what} ${JSON.stringify({ ...figures, loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10 })}`)
}
