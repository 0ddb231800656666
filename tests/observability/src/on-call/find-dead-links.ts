import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from './pages'

/** The links of a page that lead to no file of the clone, or to no heading of it, as they are written. */
export function findDeadLinks({ path, text }: Page, repository: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets.filter((target) => {
    if (/^https?:/.test(target)) return false
    const [file = '', anchor] = target.split('#')
    const found = join(repository, dirname(path), file)
    if (!existsSync(found)) return true
    return anchor !== undefined && !anchorsOf(file === '' ? text : readFileSync(found, 'utf8')).includes(anchor)
  })
}

/** As GitHub makes them of headings: https://docs.github.com/get-started/writing-on-github/basic-writing-and-formatting-syntax#section-links */
function anchorsOf(text: string): string[] {
  const headings = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)]
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
