import { afterAll, beforeAll } from 'bun:test'
import { loadDemo } from '@hourglass/hourglass/demo'
import { demoAdmin } from '@hourglass/hourglass/demo/people'
import { createProgram, type Program } from '@hourglass/support/program'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser'

export type Stage = { readonly program: Program; readonly browser: Browser }

/**
 * The real program and a browser for one file of tests, there before its first and gone after its last; with the demo school and the
 * mailbox page where asked.
 */
export function useStage(options: { hasDemo?: boolean; hasMailbox?: boolean } = {}): Stage {
  const { hasDemo = false, hasMailbox = hasDemo } = options
  let program: Program | null = null
  let browser: Browser | null = null
  beforeAll(async () => {
    const { email, password } = demoAdmin
    program = await createProgram({
      ...(hasMailbox ? { HOURGLASS_MAILBOX: 'on' } : {}),
      ...(hasDemo ? { HOURGLASS_ADMIN_EMAIL: email, HOURGLASS_ADMIN_PASSWORD: password } : {}),
    })
    program.launch()
    await program.untilReady(120_000)
    if (hasDemo) await loadDemo(program.url)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await program?.end()
  })
  return {
    get program() {
      if (!program) throw new Error('the program is there from the first test on')
      return program
    },
    get browser() {
      if (!browser) throw new Error('the browser is there from the first test on')
      return browser
    },
  }
}
