import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { InvalidSlos, readSlos, type Slo } from '@hourglass/slo/spec'
import { Policy } from '../policy/policy'
import { readYaml } from '../policy/read-yaml'
import { termsFor, termsOfSlo } from '../policy/terms'
import { Problem } from '../problem'
import { wordOf } from '../report/sentences'
import type { Terms } from '../verdict/facts'
import { type Firing, findFirings } from './alerts'
import { findVerdicts, type Said, verdictAt } from './gate-says'
import { createPast, type Past } from './past'
import { readStory } from './story'

export const usage = `bun run slo:simulate FILE STORY [options]
  FILE          an SLO file, such as slo/exams.yaml
  STORY         a file, or in short: "2% 60m, 0% 6h", "100% 5m @20, gone 30m": errors, length, requests a minute
  --slo NAME    only this SLO of the file
  --at TIME     what the gate would say then, such as 44m or 3h; again for more
  --policy FILE whose tiers hold (slo/gate/policy.yaml); --json`

/** Answers what would have happened: when each alert fires and ends, and what the gate says from when on. Throws a Problem for wrong use. */
export function simulate(args: readonly string[]): string {
  const { values, positionals } = parse(args)
  const [file, story, ...more] = positionals
  if (file === undefined || story === undefined || more.length > 0) throw new Problem(usage)
  const slos = readFile(file).filter(({ name, id }) => values.slo === undefined || [name, id].includes(values.slo))
  if (slos.length === 0) throw new Problem(`${file} has no SLO "${values.slo}".`)
  const past = createPast(readStory(existsSync(story) ? readFileSync(story, 'utf8') : story))
  const moments = (values.at ?? []).map((text) => toMinutes(text, past))
  const told = slos.map((slo) => {
    const terms = termsOfSlo(termsOf(slo, values.policy), slo)
    const said = moments.map((minute) => verdictAt(slo, terms, past, minute))
    return { slo, firings: findFirings(slo, past), verdicts: findVerdicts(slo, terms, past), said }
  })
  if (values.json)
    return JSON.stringify(
      told.map(({ slo, ...rest }) => ({ id: slo.id, ...rest })),
      null,
      2,
    )
  return told.map((each) => toText(each, past)).join('\n\n')
}

type Told = { slo: Slo; firings: Firing[]; verdicts: Said[]; said: Said[] }

function toText({ slo, firings, verdicts, said }: Told, past: Past): string {
  const left = past.readAt(past.length).windows['30d'].ratio
  const budget =
    left === null || slo.budget === 0
      ? ''
      : `; at the end ${Math.round((1 - left / slo.budget) * 1_000) / 10} % of the budget are left`
  return [
    `${slo.id}: ${slo.objective} %${budget}`,
    ...(firings.length === 0 ? ['  No alert fires.'] : firings.map(sayFiring)),
    ...verdicts.map((each) => `  from minute ${each.minute} on the gate says ${sayVerdict(each)}`),
    ...said.map((each) => `  at minute ${each.minute} the gate says ${sayVerdict(each)}`),
  ].join('\n')
}

const sayFiring = ({ name, first, last }: Firing): string =>
  `  ${name} fires at minute ${first}${last === null ? ' and does not end' : `, and is over at ${last + 1}`}`

const sayVerdict = ({ verdict, findings }: Said): string =>
  `${wordOf[verdict].toUpperCase()}: ${findings.map(({ what, row }) => `${what} [row ${row}]`).join(' ')}`

function toMinutes(text: string, { length }: Past): number {
  const [, amount = '', unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? []
  const minute = Number(amount) * (unit === 'd' ? 1_440 : unit === 'h' ? 60 : 1)
  if (unit === '' || minute > length) throw new Problem(`--at wants a time of the story, such as 44m, not "${text}".`)
  return minute
}

function readFile(file: string): readonly Slo[] {
  if (!existsSync(file)) throw new Problem(`There is no file ${file}.`)
  try {
    return readSlos([{ file, text: readFileSync(file, 'utf8') }]).flatMap(({ slos }) => slos)
  } catch (error) {
    if (error instanceof InvalidSlos) throw new Problem(error.message)
    throw error
  }
}

const usualPolicy = 'slo/gate/policy.yaml'
const anyTier = {
  whenUnknown: 'closed',
  whenEmpty: 'block',
  reserve: 0.1,
  emptyWithinHours: 24,
  leastBadEvents: 3,
} as const

/** Those of the policy; a service that it knows not, such as one that is being thought up, has those of a tier that says nothing. */
function termsOf({ service }: Slo, file: string | undefined): Terms {
  const policy = file === undefined && !existsSync(usualPolicy) ? null : readYaml(file ?? usualPolicy, Policy)
  const [environment] = Object.keys(policy?.environments ?? {})
  if (!policy || environment === undefined || !(service in policy.services)) {
    return { ...anyTier, tier: 'any', mode: 'enforce', fixLabel: 'slo-fix' }
  }
  return termsFor(policy, service, environment)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ slo: { type: 'string' }, at: { type: 'string', multiple: true }, policy: { type: 'string' } },
        json: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}
