import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What an answer's save is to the database at its barest: one durable upsert of one row. */
const script = `\\set attempt random(1, 500)
\\set question random(1, 20)
INSERT INTO yardstick (attempt, question, seq, response) VALUES (:attempt, :question, 1, '{"type":"single-choice","choice":"b"}')
ON CONFLICT (attempt, question) DO UPDATE SET seq = yardstick.seq + 1, response = excluded.response;
`
const table = `CREATE TABLE IF NOT EXISTS yardstick (attempt int, question int, seq int, response jsonb, PRIMARY KEY (attempt, question))`

/** Upserts per second of `pgbench` on the database at `url`, with prepared statements. Throws when pgbench is not installed. */
export function runPgbench(
  url: string,
  options: { clients: number; seconds: number },
): { perSecond: number; ms: number } {
  const pgbench = findPgbench()
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-pgbench-'))
  try {
    const file = join(folder, 'upsert.sql')
    writeFileSync(file, script)
    run([pgbench.replace(/pgbench$/, 'psql'), url, '-qc', table])
    const { clients, seconds } = options
    const output = run([
      pgbench,
      url,
      '-n',
      '-M',
      'prepared',
      '-f',
      file,
      '-c',
      `${clients}`,
      '-j',
      '2',
      '-T',
      `${seconds}`,
    ])
    const perSecond = Number(/tps = ([\d.]+)/.exec(output)?.[1])
    const ms = Number(/latency average = ([\d.]+)/.exec(output)?.[1])
    if (!Number.isFinite(perSecond)) throw new Error(`pgbench gave no figure:\n${output}`)
    return { perSecond: Math.round(perSecond), ms }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function findPgbench(): string {
  const places = [Bun.which('pgbench'), ...[18, 17, 16, 15].map((major) => `/usr/lib/postgresql/${major}/bin/pgbench`)]
  const found = places.find((place) => place && existsSync(place))
  if (!found)
    throw new Error('pgbench is not installed: apt-get install postgresql-15 (or your system’s package) has it')
  return found
}

function run(command: string[]): string {
  const { exitCode, stdout, stderr } = Bun.spawnSync(command)
  if (exitCode !== 0) throw new Error(`${command[0]} ended with ${exitCode}:\n${stderr.toString()}`)
  return stdout.toString()
}
