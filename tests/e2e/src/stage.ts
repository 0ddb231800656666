import { afterAll, beforeAll } from 'bun:test'
import { loadDemo } from '@hourglass/hourglass/demo'
import { demoAdmin } from '@hourglass/hourglass/demo/people'
import { createProgram, type Program } from '@hourglass/support/program'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser'

export type Stage = { readonly program: Program; readonly browser: Browser }
type OpenStage = Stage & { hasDemo: boolean }

let opened: OpenStage | null = null
let isShared = false

/**
 * The real program and a browser for a file of tests, there before its first test; with the demo school where asked. They are
 * gone after its last test, unless files share one program (`one-stage.ts`): then each finds what the others left, in a school of its own.
 */
export function useStage({ hasDemo = false }: { hasDemo?: boolean } = {}): Stage {
  beforeAll(async () => {
    opened ??= await openStage()
    if (!hasDemo || opened.hasDemo) return
    await loadDemo(opened.program.url)
    opened.hasDemo = true
  })
  afterAll(async () => {
    const isRunning = there().program.pid !== null
    if (!isShared) await endStage()
    if (!isRunning) throw new Error('the program did not outlive these tests')
  })
  return {
    get program() {
      return there().program
    },
    get browser() {
      return there().browser
    },
  }
}

/** From now on one program serves every file that follows, until `endStage`. */
export function shareStage(): void {
  isShared = true
}

/** Ends program and browser, if they run. */
export async function endStage(): Promise<void> {
  const ended = opened
  opened = null
  await ended?.browser.close()
  await ended?.program.end()
}

async function openStage(): Promise<OpenStage> {
  const { email, password } = demoAdmin
  const program = await createProgram({
    HOURGLASS_MAILBOX: 'on',
    HOURGLASS_ADMIN_EMAIL: email,
    HOURGLASS_ADMIN_PASSWORD: password,
  })
  program.launch()
  await program.untilReady(120_000)
  return { program, browser: await openBrowser(), hasDemo: false }
}

function there(): OpenStage {
  if (!opened) throw new Error('program and browser are there from the first test on')
  return opened
}
