import { expect, test } from 'bun:test'
import { dashboards } from '../dashboard-queries'
import { findDeadLinks } from './find-dead-links'
import { judgeCommand } from './judge-command'
import { blocksOf, commandsOf, linesOf, readPages, repository } from './pages'
import { runCommand } from './run-command'
import { isRunOnStack } from './test-commands'

const pages = readPages()
const commands = pages.flatMap((page) => commandsOf(page).map((command) => ({ path: page.path, command })))
const fenced = new Set(pages.flatMap((page) => linesOf(page, 'sh')))

test('every link of a page leads to a file and a heading that are there', () => {
  const dead = pages.flatMap((page) => findDeadLinks(page, repository).map((target) => [page.path, target]))
  expect(dead).toEqual([])
})

test('a link to no file, or to no heading, would be found', () => {
  const text =
    '# A page\n[a](docs/slo.md) [b](docs/slo.md#what-a-missing-figure-means) [c](docs/slo.md#nothing) [d](none.md) [e](#a-page)'
  expect(findDeadLinks({ path: 'README.md', text }, repository)).toEqual(['docs/slo.md#nothing', 'none.md'])
})

test('every dashboard that a page names is there', () => {
  const uids = dashboards.map(({ uid }) => uid)
  const named = pages.flatMap(({ text }) =>
    [...text.matchAll(/`\/d\/([\w-]+)`|\bpage\s`([\w-]+)`/g)].map(([, link, name]) => link ?? name ?? ''),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((uid) => !uids.includes(uid))).toEqual([])
})

test('what stands between fences is in a language that a test reads', () => {
  const languages = new Set(pages.flatMap((page) => blocksOf(page).map(({ language }) => language)))
  expect([...languages].sort()).toEqual(['logql', 'promql', 'sh', 'sql'])
})

test('every command of a page can be typed: its scripts, services, ports and files are there', () => {
  expect(commands.length).toBeGreaterThan(20)
  expect(commands.flatMap((each) => judgeCommand(each.command) ?? [])).toEqual([])
})

test.each([
  ['bun run nothing', 'no script nothing'],
  ['npx -y bun@1.0.0 run parked', 'Bun 1.0.0'],
  ['docker compose logs --tail 30 lokki', 'no service lokki'],
  ['docker compose ps && docker compose exec nobody sh', 'no service nobody'],
  ['docker compose exec prometheus promtool check config /etc/prometheus/none.yml', 'has no /etc/prometheus/none.yml'],
  ['docker compose --profile nothing up -d', 'no profile nothing'],
  ['docker inspect $(docker compose ps --quiet exam)', 'no service exam'],
  ['curl -s http://127.0.0.1:9999/', 'no port 9999'],
  ['df -h | snort', 'nobody has "snort"'],
  ['df -h &&', 'yntax error'],
])('%s would be found: %s', (command, complaint) => {
  expect(judgeCommand(command)).toContain(complaint)
})

/** They change the clone, or start what the tests of the stack start. */
const runElsewhere = /\brun (?:slo|stack --observability)$/

test('every command of ours between fences is run, here or on a stack, and works', async () => {
  const ours = commands.filter(({ command }) => /\b(?:bun|bun@\S+) run /.test(command) && !runElsewhere.test(command))
  const here = ours.filter(({ command }) => !isRunOnStack(command))
  expect(here.length).toBeGreaterThan(2)
  expect(here.every(({ command }) => fenced.has(command))).toBe(true)
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }
  for (const { command } of here) expect([command, ...(await runCommand(command, env))]).toEqual([command, 0, true])
}, 60_000)
