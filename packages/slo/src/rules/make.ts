import type { SlothRules } from '../sloth/generate'
import { InvalidSlos, type Sli, type Slo } from '../spec/read'
import { alertsOf } from './alerts'
import { asCommitted, type Making } from './defects'
import { queriesOf } from './queries'
import { recordingsOf } from './recordings'
import { type Group, mostRules } from './rule'

/** The rules of one SLO: what Sloth made of it, mended, in one group. Throws InvalidSlos for what the mending cannot carry. */
export function makeGroup(slo: Slo, sloth: SlothRules, making: Making = asCommitted): Group {
  assertMendable(slo)
  const queries = queriesOf(slo, making)
  const rules = [...recordingsOf(slo, sloth, queries), ...alertsOf(slo, sloth, queries)]
  if (rules.length > mostRules) throw new Error(`${slo.id} has ${rules.length} rules, ${mostRules} are the most`)
  return { name: `slo-${slo.id}`, interval: `${making.intervalSeconds}s`, rules }
}

/** Sloth takes more than can be weighed by events. */
function assertMendable({ id, file, line, sli, budget }: Slo): void {
  const message = faultOf(sli, budget)
  if (message) throw new InvalidSlos([{ file, line, path: id, message }])
}

function faultOf(sli: Sli, budget: number): string | null {
  if (budget === 0) return '100 % leaves no budget that could burn'
  if (sli.kind !== 'events') return `only events can be weighed, and this is of the kind ${sli.kind}`
  const isCounted = (query: string) => /\brate\s*\(/.test(query) && !/\b(increase|delta|irate|idelta)\s*\(/.test(query)
  return isCounted(sli.errorQuery) && isCounted(sli.totalQuery) ? null : 'events must be counted by rate()'
}
