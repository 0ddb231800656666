import { expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dir, '../../..')
async function ask(...args: string[]) {
  const command = Bun.spawn([process.execPath, 'packages/on-call/src/main.ts', ...args], {
    ...{ cwd: root, stdout: 'pipe', stderr: 'pipe' },
  })
  const [output, errors] = await Promise.all([new Response(command.stdout).text(), new Response(command.stderr).text()])
  return { code: await command.exited, output, errors }
}

test('the schedule of the repository has no fault in the year after its first day', async () => {
  const { code, output } = await ask('--check', '--at', '2026-01-05T10:00')
  expect(output).toContain('No fault in the year ahead.')
  expect(code).toBe(0)
})

test('asked in the night before Christmas it says who is called, whom they stand in for, and who helps them', async () => {
  const { output } = await ask('--at', '2026-12-24T03:14', '--weeks', '1')
  expect(output).toBe(`At Thu 2026-12-24 03:14 (Europe/Berlin) a page goes to
  at once: Alan, +49 30 5550103 (first)
  after 5 min: Grace, +49 30 5550102 (second)
first    Thu 2026-12-24 03:14 – Mon 2026-12-28 10:00  Alan
first    Mon 2026-12-28 10:00 – Thu 2026-12-31 03:14  Edsger
second   Thu 2026-12-24 03:14 – Mon 2026-12-28 10:00  Grace, instead of Ada
second   Mon 2026-12-28 10:00 – Thu 2026-12-31 03:14  Grace
`)
})

test('a fault ends with 1, a file that is no schedule with 2 and its faults', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-on-call-'))
  const file = join(folder, 'schedule.yaml')
  const layers = ['first', 'second'].map(
    (name) => `  - {name: ${name}, begins: 2026-01-05, at: "10:00", days: 7, people: [ada], minutes: 5}`,
  )
  const text = [
    'version: hourglass-on-call/v1',
    'zone: Europe/Berlin',
    'people: {ada: {name: Ada, reach: x}}',
    'layers:',
  ]
  writeFileSync(file, [...text, ...layers].join('\n'))
  const doubled = await ask('--check', '--file', file)
  expect(doubled.output).toContain('Ada is both "first" and "second"')
  expect(doubled.code).toBe(1)
  writeFileSync(file, text.join('\n').replace('Berlin', 'Atlantis'))
  const wrong = await ask('--file', file)
  expect(wrong.errors).toContain('a time zone such as Europe/Paris')
  expect(wrong.code).toBe(2)
})

test('every command of the guide for whoever is on call works', async () => {
  const guide = readFileSync(join(root, 'docs/on-call.md'), 'utf8')
  const commands = [...guide.matchAll(/^bun run on-call(.*)$/gm)].map(([, args = '']) => args.trim().split(/\s+/))
  expect(commands).toHaveLength(3)
  for (const args of commands) expect([args, (await ask(...args.filter(Boolean))).code]).toEqual([args, 0])
})
