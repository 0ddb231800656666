import { expect, test } from 'bun:test'
import { join, resolve } from 'node:path'
import type { Program } from '@hourglass/support/program'
import { freePort } from '@hourglass/testing/ports'
import { z } from 'zod'
import { eventually } from './eventually'
import type { OneSitting } from './one-sitting'

const repository = resolve(import.meta.dir, '../../..')

const Account = z.object({
  attemptId: z.string(),
  entries: z.array(
    z.object({
      ...{ at: z.number(), until: z.number(), count: z.number(), kind: z.string(), text: z.string() },
      ...{ traceIds: z.array(z.string()), because: z.array(z.string()) },
    }),
  ),
  meanwhile: z.array(z.string()),
  notes: z.array(z.string()),
})

/** Runs it as whoever is on call does. */
async function ask(...args: string[]): Promise<{ exitCode: number; said: string; complaint: string }> {
  const command = [process.execPath, join(repository, 'apps/hourglass/src/ask/main.ts'), ...args]
  const child = Bun.spawn(command, {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '' },
  })
  const [said, complaint] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return { exitCode: await child.exited, said, complaint }
}

type Asked = { program: Program; sitting: Promise<OneSitting> }

/** Registers the tests of `bun run ask` on a stack on which a student has sat an exam in which everything happened. */
export function testAsk(asked: () => Asked): void {
  test('asked what happened in an attempt, one hears all of it in its order, with the silence and the reason of each refusal', async () => {
    const { program, sitting } = asked()
    const { attemptId, silentFrom, silentUntil } = await sitting
    const args = [`what happened in attempt ${attemptId}?`, '--gap', '3', '--data', program.dataFolder]
    const { entries, meanwhile, notes } = await eventually(
      async () => Account.parse(JSON.parse((await ask(...args, '--json')).said)),
      (account) => account.entries.some(({ kind }) => kind === 'mail'),
    )
    // On a busy machine any request may be slow, and the marks may be told before the student's next request.
    const ordinary = new Set(['saves', 'late', 'request'])
    const kinds = entries.map(({ kind }) => kind).filter((kind) => !ordinary.has(kind))
    const inOrder = kinds.filter((kind, index) => kind !== kinds[index - 1])
    expect(inOrder.filter((kind, index) => kind !== 'slow-save' || inOrder[index - 1] === 'gap')).toEqual([
      ...['start', 'connect', 'reconnect', 'gap', 'slow-save', 'pause', 'resume', 'seal'],
      ...['mark', 'release', 'mail'],
    ])
    const of = (kind: string) => entries.filter((each) => each.kind === kind)
    const saves = [...of('saves'), ...of('slow-save')]
    expect(saves.reduce((sum, { count }) => sum + count, 0)).toBe(5)
    const [gap] = of('gap')
    expect(Math.abs((gap?.at ?? 0) - silentFrom)).toBeLessThan(2_000)
    expect(Math.abs((gap?.until ?? 0) - silentUntil)).toBeLessThan(2_000)
    expect(gap?.text).toMatch(/^no request from this student between \d\d:\d\d:\d\d and \d\d:\d\d:\d\d \(\d\.\d\d s\)$/)
    const waited = entries.find(({ at, kind }) => kind === 'slow-save' && at >= silentUntil - 500)
    expect(waited?.because.join()).toMatch(/gateway .* › exams .* › TRANSACTION \d+ ms › SELECT/)
    expect(of('seal')[0]?.text).toMatch(/^sealed: submitted by the student; stored \d\.\d\d s after that end$/)
    const [late] = of('late')
    expect(late?.text).toContain('saving an answer was refused: 409 too-late (it came after the end')
    expect(late?.at).toBeGreaterThan(of('seal')[0]?.at ?? Number.POSITIVE_INFINITY)
    expect(of('mark').map(({ text }) => text)).toEqual([
      'marked: some answers wait for a person',
      'marked again: complete',
    ])
    for (const each of entries.filter(({ kind }) => kind !== 'gap')) expect(each.traceIds[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(meanwhile.join('\n')).toContain('of everybody’s saves 99 %')
    expect(notes).toEqual([])

    const { exitCode, said } = await ask(...args)
    expect(exitCode).toBe(0)
    for (const { text } of entries) expect(said).toContain(text)
    expect(said).toContain('/api/traces/')
    for (const secret of ['Galileo', 'faint', 'Well said', 'Student ']) expect(said).not.toContain(secret)
  }, 60_000)

  test('it never makes an answer up: not of an unknown attempt, of another time, without Loki; without Tempo it says so', async () => {
    const { program, sitting } = asked()
    const { attemptId } = await sitting
    const data = ['--data', program.dataFolder]
    const unknown = await ask(Bun.randomUUIDv7(), ...data)
    expect(unknown).toMatchObject({
      exitCode: 1,
      said: '',
      complaint: expect.stringContaining('no such attempt, or not then'),
    })
    const before = await ask(attemptId, '--from', daysAgo(3), '--to', daysAgo(2), ...data)
    expect(before).toMatchObject({
      exitCode: 1,
      said: '',
      complaint: expect.stringContaining('holds no line of the gateway'),
    })
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const away = await ask(attemptId, ...data, '--loki', nowhere)
    expect(away).toMatchObject({
      exitCode: 1,
      said: '',
      complaint: expect.stringContaining(`Loki at ${nowhere} does not answer`),
    })
    const partial = await ask(attemptId, ...data, '--tempo', nowhere, '--prometheus', nowhere)
    expect(partial.exitCode).toBe(0)
    expect(partial.said).toContain(`Tempo at ${nowhere} does not answer`)
    expect(partial.said).toContain(`Prometheus at ${nowhere} does not answer`)
  }, 60_000)
}

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
