import { isOf } from '../alerts/run-fault'
import type { Stage } from '../alerts/stage'
import type { Watch } from '../alerts/watch'
import { readRules } from '../rules'
import { type Asked, askGate } from './ask-gate'
import { ask, readRunbook } from './diagnose'
import type { Game } from './games'
import { isAsPredicted, predictFiring, readCounted } from './predict'

export type Played = {
  game: Game
  /** The promise that burnt, as `sloth_id` has it; `null` where the alert is about none. */
  promise: string | null
  /** Milliseconds from the fault until the counters say that the alert should fire; `null` where it is about no promise. */
  predictedAfterMs: number | null
  /** Milliseconds from the alert until the gate blocked; `null` where it was not asked, or did not. */
  blocksAfterMs: number | null
  /** Milliseconds from the fault until the alert fired, and from the healing until it had ended. */
  firesAfterMs: number | null
  endsAfterMs: number | null
  /** What did not go as the runbook and the policy say; empty is good. */
  complaints: string[]
}

const minuteMs = 60_000

/** Plays one game on a running stage: fault, alert, diagnosis by the runbook, the gate, healing, the end of the alert, the gate again. */
export async function play(game: Game, stage: Stage, watch: Watch): Promise<Played> {
  const { prometheus } = stage.addresses
  const complaints: string[] = []
  const say = (what: string) => console.log(`${new Date().toISOString()}  ${game.name}: ${what}`)
  const askAbout = async ({ gate }: Game): Promise<Asked | null> =>
    gate === null ? null : askGate(stage.program.dataFolder, prometheus, gate)
  const runbook = readRunbook(pageOf(game))
  const shows = async () => game.finds.shows(await ask(prometheus, game.finds.query))
  if (!runbook.diagnosis.includes(game.finds.query)) complaints.push(`the runbook has no query ${game.finds.query}`)
  if (await shows()) complaints.push('the runbook points at the cause before there is one')

  const seen = watch.firings.length
  const undo = await game.begin(stage)
  const begunAt = Date.now()
  say('the fault has begun')
  const firing = await until(() => watch.firings.slice(seen).find((each) => isOf(game, each)), 8 * minuteMs)
  let during: Asked | null = null
  let blockedAt: number | null = null
  let predictedAt: number | null = null
  if (firing) {
    say(`${game.alert} fires after ${seconds(firing.from - begunAt)}`)
    const id = firing.labels.sloth_id
    if (id) {
      const { budget, counted } = await readCounted(prometheus, id)
      predictedAt = predictFiring(counted, budget)
      say(`predicted after ${predictedAt === null ? 'never' : seconds(predictedAt - begunAt)}`)
      if (predictedAt === null || !isAsPredicted(firing.from, predictedAt)) {
        complaints.push('the alert did not come in the minute that the counters predict')
      }
    }
    if (!(await shows())) complaints.push(`the runbook does not find the cause: ${game.finds.query}`)
    during = await askUntilBlocked(() => askAbout(game))
    if (during) {
      if (during.exitCode === 1) blockedAt = Date.now()
      say(`the gate says ${during.verdict} ${seconds(Date.now() - firing.from)} after the alert`)
    }
    if (during && during.exitCode !== 1)
      complaints.push(`the gate says ${during.verdict} while it burns: ${during.output}`)
  } else complaints.push(`${game.alert} did not fire within 8 minutes`)

  await undo()
  const healedAt = Date.now()
  say('it is healed')
  const ended = firing && (await until(() => firing.until ?? undefined, 20 * minuteMs))
  if (firing && !ended) complaints.push(`${game.alert} did not end within 20 minutes`)
  if (ended) say(`${game.alert} ended ${seconds(ended - healedAt)} after that`)
  for (const query of runbook.verify) {
    if ((await ask(prometheus, query)).length === 0) complaints.push(`the runbook’s last look finds nothing: ${query}`)
  }
  const promise = firing?.labels.sloth_id ?? null
  if (promise) {
    const last = (await readCounted(prometheus, promise)).counted.at(-1)
    say(`${last?.bad} of ${last?.total} events of ${promise} were bad`)
  }
  const after = await askAbout(game)
  if (after) say(`the gate says ${after.verdict}`)
  if (after && after.exitCode !== 0) complaints.push(`the gate says ${after.verdict} when it is over: ${after.output}`)
  return {
    ...{ game, complaints },
    promise,
    predictedAfterMs: predictedAt === null ? null : predictedAt - begunAt,
    blocksAfterMs: firing && blockedAt !== null ? blockedAt - firing.from : null,
    firesAfterMs: firing ? firing.from - begunAt : null,
    endsAfterMs: ended ? ended - healedAt : null,
  }
}

/**
 * The gate counts events by what is recorded each minute, smoothed over five: where few people ask it knows an evaluation or two later than the
 * alert that so many failures are no chance.
 */
async function askUntilBlocked(ask: () => Promise<Asked | null>): Promise<Asked | null> {
  const giveUpAt = performance.now() + 2 * minuteMs
  while (true) {
    const asked = await ask()
    if (asked === null || asked.exitCode === 1 || performance.now() > giveUpAt) return asked
    await Bun.sleep(5_000)
  }
}

/** Where the alert itself says that its runbook is. */
export function pageOf({ alert }: Game): string {
  const rule = readRules().alerts.find((each) => each.alert === alert)
  if (!rule) throw new Error(`there is no alert ${alert}`)
  return rule.annotations.runbook_url
}

export const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`

async function until<T>(find: () => T | undefined, withinMs: number): Promise<T | undefined> {
  const giveUpAt = performance.now() + withinMs
  while (performance.now() < giveUpAt) {
    const found = find()
    if (found !== undefined) return found
    await Bun.sleep(500)
  }
  return undefined
}
