import { expect, test } from 'bun:test'
import { join } from 'node:path'

/** Writes far more than a pipe holds, says on stderr how long that took, and ends two seconds later with a last line. */
const program = `
  const { bufferedStdout } = await import(${JSON.stringify(join(import.meta.dir, 'buffered-stdout.ts'))})
  const out = bufferedStdout()
  const startedAt = performance.now()
  for (let line = 0; line < 400; line++) out.write(JSON.stringify({ level: 'info', line, text: 'x'.repeat(1_000) }) + '\\n')
  console.error(performance.now() - startedAt)
  await Bun.sleep(2_000)
  out.write('{"level":"error","msg":"the last"}\\n')
`

/** Runs it into a reader that is a shell's command. */
async function runInto(reader: string): Promise<{ ms: number; lines: string[] }> {
  const { stdout, stderr } = Bun.spawn(['sh', '-c', `"$0" -e "$1" | ${reader}`, process.execPath, program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, errors] = await Promise.all([new Response(stdout).text(), new Response(stderr).text()])
  return { ms: Number(errors), lines: said.split('\n').filter((line) => line !== '') }
}

test('a log that nobody reads holds nobody up; what is lost is counted, and what comes when somebody reads again is whole', async () => {
  const { ms, lines } = await runInto('(sleep 1; cat)')
  expect(ms).toBeLessThan(1_000)
  expect(lines.length).toBeLessThan(400)
  expect(JSON.parse(lines.at(-2) ?? '')).toMatchObject({ msg: 'log lines were lost: nobody read them' })
  expect(lines.at(-1)).toBe('{"level":"error","msg":"the last"}')
}, 60_000)

test('a log whose reader has gone holds nobody up', async () => {
  expect((await runInto('true')).ms).toBeLessThan(1_000)
}, 60_000)
