import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { checkers } from '@hourglass/servers/observability'
import { isKnownMetric } from './known-metrics'
import { namesIn } from './promql-names'
import { readRules } from './rules'

const runbooks = resolve(import.meta.dir, '../../../docs/runbooks')
const { alerts } = readRules()
const named = Map.groupBy(alerts, ({ alert }) => alert)
/** `Page`, `Ticket`, or both where an alert of one name may be either. */
const urgencyOf = (name: string): string =>
  [...new Set(named.get(name)?.map(({ labels }) => labels.severity))].sort().join(' or ')
const pages = readdirSync(runbooks).filter((name) => name !== 'README.md')
const textOf = (name: string) => readFileSync(join(runbooks, name), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'hourglass-runbooks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every alert has a page of its own that names it, how urgent it is, and what to do', () => {
  for (const { alert, annotations } of alerts) {
    expect(annotations.runbook_url).toBe(`docs/runbooks/${alert.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}.md`)
    const text = textOf(annotations.runbook_url.replace('docs/runbooks/', ''))
    expect(text).toStartWith(`# ${alert}\n`)
    const urgency = urgencyOf(alert)
    expect(text).toContain(`_${urgency[0]?.toUpperCase()}${urgency.slice(1)}. Dashboard: `)
    expect(text).toContain(`\`${annotations.dashboard_url}\``)
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual(['Who feels it', 'Look here first', 'Mitigate', 'Verify', 'Escalate'])
  }
  expect(pages).toBeArrayOfSize(named.size)
})

test('the index has every alert once, with its urgency and the first sentence of its page', () => {
  const rows = [...textOf('README.md').matchAll(/^\| \[(\w+)\]\(([\w-]+\.md)\)\s*\| ([\w ]+?)\s*\| (.+?)\s*\|$/gm)]
  expect(rows.map(([, alert]) => alert).sort()).toEqual([...named.keys()].sort())
  for (const [, alert = '', page = '', urgency = '', says = ''] of rows) {
    expect(urgency).toBe(urgencyOf(alert))
    expect(textOf(page)).toContain(`\n${says}\n`)
  }
})

test('every query of a page is PromQL, and reads metrics that exist', async () => {
  const queries = pages.flatMap((page) =>
    [...textOf(page).matchAll(/```promql\n([^`]+)\n```/g)].flatMap(([, block = '']) => block.split('\n')),
  )
  expect(queries.length).toBeGreaterThan(pages.length)
  expect(queries.flatMap(namesIn).filter((name) => !isKnownMetric(name))).toEqual([])
  const rules = queries.map((expr, index) => ({ record: `query:${index}`, expr }))
  const file = join(folder, 'queries.yml')
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }))
  const child = Bun.spawn([await checkers.promtool(), 'check', 'rules', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  expect([await child.exited, await new Response(child.stderr).text()]).toEqual([0, ''])
})
