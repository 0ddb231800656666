import { appendFileSync } from 'node:fs'
import { createAsker } from '@hourglass/slo/prometheus'
import { appendAudit, type Entry } from '../audit/audit'
import { toOutputLines } from '../report/to-outputs'
import type { Look } from './look'
import { readVerifyOptions, type VerifyOptions } from './options'
import { runVerify, type VerifyDecision } from './run-verify'
import { sayLook, toText } from './to-text'

const clock = { now: () => Date.now() / 1_000, sleep: (seconds: number) => Bun.sleep(seconds * 1_000) }

/** `slo:gate verify`: answers the exit code. */
export async function verify(args: readonly string[]): Promise<number> {
  const options = readVerifyOptions(args, process.env, clock.now())
  // A deadline is that of one look.
  const asker = () => createAsker(options.source)
  const decision = await runVerify(asker, options.request, { clock, say: sayProgress })
  await appendAudit(options.auditFile, toEntry(decision, options))
  tellGithub(decision)
  console.log(
    options.isJson ? JSON.stringify({ schema: 'hourglass-verify-report/v1', ...decision }, null, 2) : toText(decision),
  )
  return decision.exitCode
}

function tellGithub(decision: VerifyDecision): void {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = process.env
  const { verdict, exitCode, why } = decision
  if (summary) appendFileSync(summary, `## SLO gate: the new version\n\n\`\`\`text\n${toText(decision)}\n\`\`\`\n`)
  if (output) appendFileSync(output, toOutputLines({ verdict, 'exit-code': String(exitCode), sentence: why }))
}

/** Beside the result, which a script may read. */
function sayProgress(looks: readonly Look[], trouble: string | null): void {
  const lines = trouble === null ? looks.map(sayLook) : [trouble]
  for (const line of lines) console.error(`${new Date().toISOString().slice(11, 19)}  ${line}`)
}

const toEntry = ({ verdict, exitCode, span, looks, versions }: VerifyDecision, options: VerifyOptions): Entry => ({
  ...{ at: span.to, kind: 'verify', environment: options.environment, services: [options.service], class: 'canary' },
  ...{ sha: null, version: versions.canary, actor: null, author: null, reason: null, incident: null },
  ...{ verdict, exitCode },
  slos: looks.map(({ slo, comparison }) => ({
    ...{ id: slo.id, service: options.service, verdict: comparison.outcome, rows: [], isByEvidence: true },
    override: null,
  })),
})
