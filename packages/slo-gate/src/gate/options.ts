import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Source, sourceAt } from '@hourglass/slo/prometheus-source'
import { InvalidSlos, readSloFolder, type Slo } from '@hourglass/slo/spec'
import { type Change, ChangeClass } from '../change'
import { OverrideFile, type WrittenOverride } from '../policy/overrides'
import { Policy } from '../policy/policy'
import { readYaml } from '../policy/read-yaml'
import { servicesOfFiles } from '../policy/terms'
import { Problem } from '../problem'

export const usage = `bun run slo:gate --environment NAME [options]
  --service NAME          what is deployed; again for more. Else --changed FILE, else every service that has an SLO
  --changed FILE          a file with one changed path a line, such as "git diff --name-only" writes
  --class CLASS           feature (default), fix, hotfix, security, rollback
  --reason TEXT  --label NAME  --incident ID    what a fix, a hotfix or a security fix must say
  --sha ID  --version V  --current-version V    what is deployed, and what runs now
  --actor NAME  --author NAME                   who deploys, and who wrote the change
  --prometheus URL        else PROMETHEUS_URL. Mimir: with /prometheus. A token: PROMETHEUS_TOKEN; else http://NAME:PASSWORD@…
  --tenant NAME           X-Scope-OrgID of Mimir; else PROMETHEUS_TENANT
  --deadline SECONDS      for all questions together (30)
  --at TIME               asks of a moment of the past, such as 2026-03-02T10:14:00Z
  --slos FOLDER           slo
  --policy FILE           slo/gate/policy.yaml
  --overrides FILE        slo/gate/overrides.yaml
  --audit FILE            slo-gate-audit.jsonl
  --json                  on the screen as JSON instead of sentences
  --json-file FILE  --junit FILE`

export type GateOptions = {
  source: Source
  now: number
  isReplay: boolean
  slos: readonly Slo[]
  policy: Policy
  overrides: readonly WrittenOverride[]
  change: Change
  auditFile: string
  isJson: boolean
  jsonFile: string | null
  junitFile: string | null
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the command line and the files that it names. Throws a Problem that says what is wrong. */
export function readGateOptions(args: readonly string[], environment: Environment, now: number): GateOptions {
  const values = parse(args)
  const policy = readYaml(values.policy ?? 'slo/gate/policy.yaml', Policy)
  const slos = readSlosOf(values.slos ?? 'slo')
  return {
    ...{ policy, slos, overrides: readOverrides(values.overrides) },
    ...{ source: readSource(values, environment), ...readMoment(values.at, now) },
    change: readChange(values, environment, servicesOf(values, policy, slos)),
    auditFile: values.audit ?? 'slo-gate-audit.jsonl',
    ...{ isJson: values.json ?? false, jsonFile: values['json-file'] ?? null, junitFile: values.junit ?? null },
  }
}

/** Every SLO below a folder. Throws a Problem with all faults of its files. */
export function readSlosOf(folder: string): Slo[] {
  if (!existsSync(folder)) throw new Problem(`There is no folder ${folder} with SLOs.`)
  try {
    const slos = readSloFolder(folder).flatMap((file) => file.slos)
    if (slos.length === 0) throw new Problem(`${folder} has no SLO.`)
    return slos
  } catch (error) {
    if (error instanceof InvalidSlos) throw new Problem(error.message)
    throw error
  }
}

export function readSource(values: SourceValues, environment: Environment): Source {
  const written = values.prometheus ?? environment.PROMETHEUS_URL
  const url = URL.parse(written ?? '')
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Problem('Say where Prometheus is: --prometheus http://127.0.0.1:9090.')
  }
  const tenant = values.tenant ?? environment.PROMETHEUS_TENANT
  return {
    ...sourceAt(url, { token: environment.PROMETHEUS_TOKEN, tenant }),
    deadlineMs: readNumber('--deadline', values.deadline, 30) * 1_000,
  }
}

type SourceValues = { prometheus?: string | undefined; tenant?: string | undefined; deadline?: string | undefined }

export function readNumber(name: string, text: string | undefined, otherwise: number): number {
  const number = Number(text ?? otherwise)
  if (!(number > 0)) throw new Problem(`${name} wants a number above 0, not "${text}".`)
  return number
}

function readMoment(text: string | undefined, now: number) {
  if (text === undefined) return { now, isReplay: false }
  const at = Date.parse(text) / 1_000
  if (Number.isNaN(at) || at > now) throw new Problem(`--at wants a moment of the past, not "${text}".`)
  return { now: at, isReplay: true }
}

function readOverrides(file: string | undefined): WrittenOverride[] {
  const usual = join('slo', 'gate', 'overrides.yaml')
  if (file === undefined && !existsSync(usual)) return []
  return readYaml(file ?? usual, OverrideFile).overrides
}

type Values = ReturnType<typeof parse>

function servicesOf({ service, changed }: Values, policy: Policy, slos: readonly Slo[]): string[] {
  if (service && changed !== undefined) throw new Problem('--service, or --changed.')
  if (service) return [...new Set(service)]
  if (changed === undefined) return [...new Set(slos.map((slo) => slo.service))]
  if (!existsSync(changed)) throw new Problem(`There is no file ${changed}.`)
  const paths = readFileSync(changed, 'utf8').split('\n').filter(Boolean)
  return servicesOfFiles(policy, paths)
}

function readChange(values: Values, environment: Environment, services: readonly string[]): Change {
  const name = ChangeClass.safeParse(values.class ?? 'feature')
  if (!name.success) throw new Problem(`--class is one of ${ChangeClass.options.join(', ')}, not "${values.class}".`)
  if (!values.environment) throw new Problem(`Say where it is deployed: --environment production.\n${usage}`)
  const change: Change = {
    ...{ class: name.data, services, environment: values.environment, labels: values.label ?? [] },
    ...{ sha: told(values.sha ?? environment.GITHUB_SHA), version: told(values.version) },
    ...{ currentVersion: told(values['current-version']), actor: told(values.actor ?? environment.GITHUB_ACTOR) },
    ...{ author: told(values.author), reason: told(values.reason), incident: told(values.incident) },
  }
  if (change.class === 'rollback') checkRollback(change)
  return change
}

/** What nobody filled in is not there: a step of a pipeline hands on empty texts. */
const told = (text: string | undefined): string | null => text?.trim() || null

/** Row 2 lets a rollback pass whatever burns, so it must be one. */
function checkRollback({ version, currentVersion }: Change): void {
  if (version === null || currentVersion === null)
    throw new Problem('A rollback needs --version and --current-version.')
  if (orderOf(version, currentVersion) !== -1) {
    throw new Problem(`${version} is not older than ${currentVersion}: that is no rollback.`)
  }
}

function orderOf(one: string, other: string): number {
  try {
    return Bun.semver.order(one.replace(/^v/, ''), other.replace(/^v/, ''))
  } catch {
    throw new Problem(`A rollback needs versions such as 1.4.2, not "${one}" and "${other}".`)
  }
}

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{
          environment: text,
          service: texts,
          changed: text,
          class: text,
          reason: text,
          label: texts,
          incident: text,
        },
        ...{ sha: text, version: text, 'current-version': text, actor: text, author: text },
        ...{ prometheus: text, tenant: text, deadline: text, at: text },
        ...{ slos: text, policy: text, overrides: text, audit: text },
        ...{ json: { type: 'boolean' }, 'json-file': text, junit: text },
      },
    }).values
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}
