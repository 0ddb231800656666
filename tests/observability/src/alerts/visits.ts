import { createApi, signIn } from '@hourglass/support/api'
import type { Stage } from './stage'

/** Asks for a page as the teacher, `atOnce` times at the same time. Resolves when all have been answered, whatever they were. */
export type Visitor = (atOnce: number) => Promise<void>

export async function createVisitor({ program, saving: { teacher } }: Stage, path: string): Promise<Visitor> {
  const anonymous = createApi(program.url, { timeoutMs: 15_000 })
  const open = () => signIn(anonymous, teacher.email, teacher.password).catch(() => anonymous)
  let api = await open()
  return async (atOnce) => {
    const answers = await Promise.all(Array.from({ length: atOnce }, () => api.ask('GET', path).catch(() => null)))
    // A token lasts for ten minutes.
    if (answers.some((answer) => answer?.status === 401)) api = await open()
  }
}

/** Has a visitor come again and again until the run ends: what is well again must be seen too. */
export function keepVisiting({ onEnd }: Stage, visit: Visitor, everyMs: number, atOnce = 1): void {
  let isStopped = false
  const visiting = (async () => {
    while (!isStopped) {
      await visit(atOnce)
      await Bun.sleep(everyMs)
    }
  })()
  onEnd(async () => {
    isStopped = true
    await visiting
  })
}
