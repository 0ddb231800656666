import { afterAll, beforeAll } from 'bun:test'
import { loadDemo } from '@hourglass/hourglass/demo'
import { demoAdmin } from '@hourglass/hourglass/demo/people'
import { createProgram, type Program } from '@hourglass/support/program'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser'

export type Stage = { readonly program: Program; readonly browser: Browser }
type StageOptions = { hasDemo?: boolean; environment?: Record<string, string> }
type OpenStage = Stage & { hasDemo: boolean }

let shared: OpenStage | null = null
let isShared = false

/**
 * The real program and a browser for a file of tests, there before its first test; with the demo school where asked. They are
 * gone after its last test, unless files share one program (`one-stage.ts`): then each finds what the others left, in a school of
 * its own. A file with further variables for the program has one to itself.
 */
export function useStage({ hasDemo = false, environment }: StageOptions = {}): Stage {
  const isOwn = !isShared || environment !== undefined
  let stage: OpenStage | null = null
  beforeAll(async () => {
    stage = isOwn || !shared ? await openStage(environment) : shared
    if (!isOwn) shared = stage
    if (!hasDemo || stage.hasDemo) return
    await loadDemo(stage.program.url)
    stage.hasDemo = true
  })
  afterAll(async () => {
    const isRunning = stage?.program.pid !== null
    if (isOwn) await closeStage(stage)
    if (!isRunning) throw new Error('the program did not outlive these tests')
  }, 60_000)
  const there = () => {
    if (!stage) throw new Error('program and browser are there from the first test on')
    return stage
  }
  return {
    get program() {
      return there().program
    },
    get browser() {
      return there().browser
    },
  }
}

/** From now on one program serves every file that follows, until `endSharedStage`. */
export function shareStage(): void {
  isShared = true
}

export const endSharedStage = (): Promise<void> => closeStage(shared)

async function closeStage(stage: OpenStage | null): Promise<void> {
  await stage?.browser.close()
  await stage?.program.end()
}

async function openStage(environment: Record<string, string> = {}): Promise<OpenStage> {
  const { email, password } = demoAdmin
  const program = await createProgram({
    ...environment,
    HOURGLASS_MAILBOX: 'on',
    HOURGLASS_ADMIN_EMAIL: email,
    HOURGLASS_ADMIN_PASSWORD: password,
  })
  program.launch()
  await program.untilReady(120_000)
  return { program, browser: await openBrowser(), hasDemo: false }
}
