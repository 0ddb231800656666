import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

const source = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }

/** What axe finds against WCAG 2.2 AA on the page as it is, in words; empty when nothing. */
export async function findViolations(page: Page): Promise<string[]> {
  // Evaluated in the page's world and not as a script element: the product's policy allows no foreign script.
  await page.evaluate(source)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const violations = await page.evaluate<Violation[], string[]>(async (runOnly) => {
    // axe has just been evaluated into the page, which its types cannot know.
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } }
    return (await axe.run({ runOnly })).violations
  }, tags)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}
