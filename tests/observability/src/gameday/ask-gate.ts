import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const repository = resolve(import.meta.dir, '../../../..')

const Report = z.object({
  sentence: z.string().optional(),
  verdict: z.string(),
  slos: z.array(z.object({ id: z.string() })),
})

export type Asked = { exitCode: number; verdict: string; output: string }

/**
 * Asks the gate whether a feature of a service may go out, as a pipeline would: by its command, of the stack's Prometheus. In an environment
 * of its own, which has no freezes: on the stage an exam is always open.
 */
export async function askGate(folder: string, prometheus: string, service: string): Promise<Asked> {
  const policy = join(folder, 'gate-policy.yaml')
  const text = readFileSync(join(repository, 'slo/gate/policy.yaml'), 'utf8')
  writeFileSync(policy, text.replace('\nenvironments:\n', '\nenvironments:\n  gameday: { mode: enforce }\n'))
  const json = join(folder, 'gate-report.json')
  const files = ['--policy', policy, '--audit', join(folder, 'gate-audit.jsonl'), '--json-file', json]
  const about = ['--environment', 'gameday', '--service', service, '--prometheus', prometheus]
  const command = Bun.spawn([process.execPath, 'packages/slo-gate/src/main.ts', ...about, ...files], {
    ...{ cwd: repository, stdout: 'pipe', stderr: 'pipe' },
  })
  const [output, errors] = await Promise.all([new Response(command.stdout).text(), new Response(command.stderr).text()])
  const exitCode = await command.exited
  if (exitCode === 2) throw new Error(`the gate was asked wrongly: ${errors}`)
  const { verdict } = Report.parse(JSON.parse(readFileSync(json, 'utf8')))
  return { exitCode, verdict, output: output + errors }
}
