import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { askPrometheus } from '../ask'

const repository = resolve(import.meta.dir, '../../../..')

export type Sample = { labels: Readonly<Record<string, string>>; value: number }

/** The PromQL of a runbook page, by its section. */
export type Runbook = { diagnosis: string[]; verify: string[] }

/** @param page as an alert's `runbook_url` has it: `docs/runbooks/….md` */
export function readRunbook(page: string): Runbook {
  const text = readFileSync(join(repository, page), 'utf8')
  return { diagnosis: queriesIn(text, 'Look here first'), verify: queriesIn(text, 'Verify') }
}

function queriesIn(text: string, heading: string): string[] {
  const [section = ''] = text.split(`\n## ${heading}\n`).slice(1)
  const [own = ''] = section.split('\n## ')
  return [...own.matchAll(/```promql\n([^`]+)\n```/g)].flatMap(([, block = '']) => block.split('\n'))
}

/** What a query finds now; not a number is nothing. */
export async function ask(prometheus: string, query: string): Promise<Sample[]> {
  const series = await askPrometheus(prometheus, query)
  return series.map(({ metric: labels, value }) => ({ labels, value })).filter(({ value }) => !Number.isNaN(value))
}
