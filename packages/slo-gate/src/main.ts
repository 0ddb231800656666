import { createAsker } from '@hourglass/slo/prometheus'
import { appendAudit, readAudit } from './audit/audit'
import { readGateOptions } from './gate/options'
import { runGate } from './gate/run-gate'
import { toEntry } from './gate/to-entry'
import { Problem } from './problem'
import { writeReports } from './report/write-reports'
import { verify } from './verify/verify'

/** 2 is for what somebody at the keyboard must mend; whatever else goes wrong is not known, and never a pass. */
async function main([first, ...others]: readonly string[]): Promise<number> {
  try {
    if (first === 'verify') return await verify(others)
    return await gate(first === undefined ? others : [first, ...others])
  } catch (error) {
    if (error instanceof Problem) {
      console.error(error.message)
      return 2
    }
    console.error(error)
    return 3
  }
}

async function gate(args: readonly string[]): Promise<number> {
  const options = readGateOptions(args, process.env, Date.now() / 1_000)
  const { source, now, isReplay, slos, policy, overrides, change, auditFile } = options
  const audit = readAudit(auditFile)
  const request = { now, isReplay, slos, policy, overrides, audit, change }
  const told = { url: source.url, tenant: source.tenant ?? null }
  const decision = await runGate(createAsker(source), { ...request, source: told })
  // Before it is said: what is not in the file was not decided.
  if (!isReplay) await appendAudit(auditFile, toEntry(decision))
  console.log(writeReports(decision, options, process.env))
  return decision.exitCode
}

process.exit(await main(process.argv.slice(2)))
