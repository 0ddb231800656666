import { parseArgs } from 'node:util'
import type { Source } from '@hourglass/slo/prometheus-source'
import { type Environment, readNumber, readSlosOf, readSource } from '../gate/options'
import { Policy } from '../policy/policy'
import { readYaml } from '../policy/read-yaml'
import { environmentOf, matchersOf } from '../policy/terms'
import { Problem } from '../problem'
import type { VerifyRequest } from './run-verify'

export const usage = `bun run slo:gate verify --environment NAME --service NAME --canary VERSION --stable VERSION [options]
  --slo ID               only this SLO; again for more. Else every one of the service
  --since TIME           counts from then on, such as 2026-03-02T10:14:00Z. Else from now on
  --lasts SECONDS        tells by then, or says that it cannot (1800)
  --every SECONDS        between two looks (60)
  --least EVENTS         an arm with fewer says nothing (50)
  --margin BUDGETS       by so many budgets the share of bad events may grow (1)
  --level SHARE          how often it may be wrong, all looks together (0.05)
  --version-label NAME   where the series have the version as a label. Else hourglass_build_info says who runs what
  --prometheus URL  --tenant NAME  --deadline SECONDS  --slos FOLDER  --policy FILE  --audit FILE  --json`

export type VerifyOptions = {
  source: Source
  request: VerifyRequest
  environment: string
  service: string
  auditFile: string
  isJson: boolean
}

/** Reads the command line. Throws a Problem that says what is wrong. */
export function readVerifyOptions(args: readonly string[], environment: Environment, now: number): VerifyOptions {
  const values = parse(args)
  const { service, canary, stable } = values
  if (!values.environment || !service || !canary || !stable) {
    throw new Problem(`Say where, what, and which versions are compared.\n${usage}`)
  }
  if (canary === stable) throw new Problem('Two versions are compared, not one with itself.')
  const policy = readYaml(values.policy ?? 'slo/gate/policy.yaml', Policy)
  const own = readSlosOf(values.slos ?? 'slo').filter((slo) => slo.service === service)
  const slos = own.filter(({ id }) => !values.slo || values.slo.includes(id))
  if (own.length === 0) throw new Problem(`No SLO speaks for the service "${service}".`)
  const unknown = values.slo?.find((id) => !own.some((slo) => slo.id === id))
  if (unknown !== undefined)
    throw new Problem(`${service} has no SLO "${unknown}": ${own.map(({ id }) => id).join(', ')}.`)
  const level = readNumber('--level', values.level, 0.05)
  if (level >= 0.5) throw new Problem('--level wants a share below 0.5.')
  return {
    ...{ service, environment: values.environment, source: readSource(values, environment) },
    ...{ auditFile: values.audit ?? 'slo-gate-audit.jsonl', isJson: values.json ?? false },
    request: {
      ...{ slos, versions: { canary, stable }, versionLabel: values['version-label'] ?? null, level },
      matchers: matchersOf(environmentOf(policy, values.environment)),
      since: readSince(values.since, now),
      lastsSeconds: readNumber('--lasts', values.lasts, 1_800),
      everySeconds: readNumber('--every', values.every, 60),
      leastEvents: readNumber('--least', values.least, 50),
      budgets: readNumber('--margin', values.margin, 1),
    },
  }
}

function readSince(text: string | undefined, now: number): number {
  const since = text === undefined ? now : Date.parse(text) / 1_000
  if (Number.isNaN(since) || since > now) throw new Problem(`--since wants a moment of the past, not "${text}".`)
  return since
}

const text = { type: 'string' } as const

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ environment: text, service: text, canary: text, stable: text, slo: { type: 'string', multiple: true } },
        ...{ since: text, lasts: text, every: text, least: text, margin: text, level: text, 'version-label': text },
        ...{ prometheus: text, tenant: text, deadline: text, slos: text, policy: text, audit: text },
        json: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}
