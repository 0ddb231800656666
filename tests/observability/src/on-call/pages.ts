import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const repository = resolve(import.meta.dir, '../../../..')

/** What whoever is woken reads: its path from the root of the clone, and its text. */
export type Page = { path: string; text: string }

/** Every runbook, their list, and the guide of who is on call. */
export function readPages(): Page[] {
  const runbooks = readdirSync(join(repository, 'docs/runbooks')).map((name) => `docs/runbooks/${name}`)
  return ['docs/on-call.md', ...runbooks].map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }))
}

/** What stands between fences, without them. */
export const blocksOf = ({ text }: Page): { language: string; block: string }[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', block = '']) => ({ language, block }))

/** Each line between fences of one language. */
export const linesOf = (page: Page, language: string): string[] =>
  blocksOf(page).flatMap((each) => (each.language === language ? each.block.trim().split('\n') : []))

const isCommand = /^(?:[A-Z_]+=\S+ )*(?:docker|npx|bun|curl|df|dmesg|du|git|kubectl) /

/** Each command that a page has somebody type, between fences and in a sentence. */
export function commandsOf(page: Page): string[] {
  const sentences = page.text.replaceAll(/^```[\s\S]*?^```$/gm, '')
  const inSentences = [...sentences.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...linesOf(page, 'sh'), ...inSentences.filter((code) => isCommand.test(code))]
}
