import { type Asker, CannotAsk } from '@hourglass/slo/prometheus'
import type { Slo } from '@hourglass/slo/spec'
import type { Matcher } from '@hourglass/slo/with-matchers'
import { spendable } from '../statistics/alpha-spending'
import { armsByLabel, findArms, type Versions } from './find-arms'
import { type Look, lookAt } from './look'

export type VerifyRequest = {
  slos: readonly Slo[]
  versions: Versions
  matchers: readonly Matcher[]
  /** The label of the series that has the version; `null`: `hourglass_build_info` says which instance runs what. */
  versionLabel: string | null
  /** Seconds since 1970 from which on both are counted. */
  since: number
  lastsSeconds: number
  everySeconds: number
  leastEvents: number
  budgets: number
  /** Of a false alarm, and of passing what is worse; all looks and SLOs together. */
  level: number
}

/** `roll-back`: one SLO is worse. `go-on`: none is. `cannot-tell`: time was over before that was known. */
export type VerifyDecision = {
  verdict: 'go-on' | 'roll-back' | 'cannot-tell'
  exitCode: 0 | 1 | 3
  why: string
  versions: Versions
  span: { from: number; to: number }
  looks: readonly Look[]
}

type Clock = { now: () => number; sleep: (seconds: number) => Promise<void> }

/**
 * Looks again and again until it can tell, or its time is over. A trouble with Prometheus costs a look and no more; `say` gets a line a look.
 * Throws a Problem where the versions cannot be told apart.
 */
export async function runVerify(
  createAsker: () => Asker,
  request: VerifyRequest,
  { clock, say }: { clock: Clock; say: (looks: readonly Look[], trouble: string | null) => void },
): Promise<VerifyDecision> {
  const { since, lastsSeconds, versions } = request
  const everySeconds = Math.min(request.everySeconds, lastsSeconds)
  const begun = clock.now()
  let looks: readonly Look[] = []
  let trouble: string | null = null
  let spentAt = 0
  for (;;) {
    // In no time nothing is counted, and a look at nothing spends as much as any other.
    if (clock.now() - since < everySeconds) await clock.sleep(everySeconds)
    const now = clock.now()
    const spent = Math.min(1, (now - begun + everySeconds) / (lastsSeconds + everySeconds))
    const found = await look(createAsker(), request, { now, before: spentAt, after: spent })
    spentAt = spent
    trouble = 'trouble' in found ? found.trouble : null
    if ('looks' in found) looks = found.looks
    say(looks, trouble)
    const told = trouble === null ? judge(looks) : null
    const span = { from: since, to: now }
    if (told) return { ...told, versions, span, looks }
    if (clock.now() + everySeconds > begun + lastsSeconds) {
      const why = trouble ?? 'Until the end there were too few events to tell.'
      return { verdict: 'cannot-tell', exitCode: 3, why, versions, span, looks }
    }
    await clock.sleep(everySeconds)
  }
}

async function look(
  asker: Asker,
  { slos, versions, matchers, versionLabel, since, leastEvents, budgets, level }: VerifyRequest,
  { now, before, after }: { now: number; before: number; after: number },
): Promise<{ looks: Look[] } | { trouble: string }> {
  const span = { from: since, to: now }
  try {
    const arms =
      versionLabel === null ? await findArms(asker, { versions, matchers, span }) : armsByLabel(versionLabel, versions)
    const { canary, stable } = arms
    if (!canary || !stable) return { trouble: `Nothing runs version ${canary ? versions.stable : versions.canary}.` }
    const passLevel = spendable(level, before, after)
    // An alarm of any SLO is one of all; all of them must pass.
    const terms = { passLevel, alarmLevel: passLevel / slos.length, leastEvents }
    const asked = { arms: { canary, stable }, matchers, span, terms, budgets }
    const looks: Look[] = []
    for (const slo of slos) looks.push(await lookAt(asker, slo, asked))
    return { looks }
  } catch (error) {
    if (error instanceof CannotAsk) return { trouble: error.message }
    throw error
  }
}

function judge(looks: readonly Look[]): Pick<VerifyDecision, 'verdict' | 'exitCode' | 'why'> | null {
  const worse = looks.filter(({ comparison }) => comparison.outcome === 'worse')
  if (worse.length > 0) {
    const names = worse.map(({ slo }) => slo.id).join(', ')
    return { verdict: 'roll-back', exitCode: 1, why: `The new version is worse: ${names}.` }
  }
  const isClear = looks.length > 0 && looks.every(({ comparison }) => comparison.outcome === 'not-worse')
  return isClear ? { verdict: 'go-on', exitCode: 0, why: 'The new version is not worse.' } : null
}
