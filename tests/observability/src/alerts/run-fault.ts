import type { AlertFault } from './faults'
import type { Stage } from './stage'
import type { Firing, Watch } from './watch'

export type Outcome = {
  fault: AlertFault
  /** From the fault's beginning until Prometheus called the alert firing. */
  firingAfterMs: number | null
  /** From the fault's end until it was no longer. */
  resolvedAfterMs: number | null
  /** What did not come in its time. */
  missed: string[]
}

const minutes = (count: number): number => count * 60_000

/** Does a fault, waits for its alert and its mail, undoes it, and waits until the alert and, of a page, the mail say that it is over. */
export async function runFault(fault: AlertFault, stage: Stage, watch: Watch): Promise<Outcome> {
  const missed: string[] = []
  const wait = async <T>(what: string, find: () => T | undefined, withinMs: number): Promise<T | undefined> => {
    const giveUpAt = performance.now() + withinMs
    while (performance.now() < giveUpAt) {
      const found = find()
      if (found !== undefined) return found
      await Bun.sleep(500)
    }
    missed.push(`${fault.alert}: ${what} did not come within ${withinMs / 60_000} minutes`)
    return undefined
  }
  const mailOf = (subject: string) => stage.mails().find((mail) => mail.subject === subject)

  const begunAt = Date.now()
  const undo = await fault.begin(stage)
  let endedAt = Date.now()
  const firing = await wait('its firing', () => watch.firings.find((each) => isOf(fault, each)), minutes(11))
  if (firing) {
    say(fault, `fires ${seconds(firing.from - begunAt)} after its fault began`)
    await wait('its mail', () => mailOf(fault.subject), minutes(4))
    const { inhibits } = fault
    if (inhibits) {
      const isHeldBack = (each: Firing) => each.labels.alertname === inhibits.alert && each.isInhibited
      await wait(`${inhibits.alert}, kept back by it,`, () => watch.firings.find(isHeldBack), minutes(7))
      await Bun.sleep(inhibits.forMs)
    }
  }
  await undo()
  if (!fault.isBrief) endedAt = Date.now()
  if (!firing) return { fault, firingAfterMs: null, resolvedAfterMs: null, missed }
  const until = await wait('its end', () => firing.until ?? undefined, minutes(17))
  if (until) say(fault, `is over ${seconds(until - endedAt)} after its fault was`)
  if (until && fault.labels.severity === 'page') {
    await wait('the mail of its end', () => mailOf(overOf(fault)), minutes(3))
  }
  return { fault, firingAfterMs: firing.from - begunAt, resolvedAfterMs: until ? until - endedAt : null, missed }
}

export const isOf = ({ alert, labels }: Pick<AlertFault, 'alert' | 'labels'>, firing: Firing): boolean =>
  firing.labels.alertname === alert && Object.entries(labels).every(([name, value]) => firing.labels[name] === value)

/** The subject of the mail that says that it is over. */
export const overOf = ({ subject }: AlertFault): string => subject.replace(/^\w+/, 'Over')

export const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`

const say = ({ alert }: AlertFault, what: string) => console.log(`${new Date().toISOString()}  ${alert} ${what}`)
