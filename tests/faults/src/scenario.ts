import type { Random } from '@hourglass/support/random'
import type { Rig } from './rig'

/** What a scenario does to the rig while an exam is sat. */
export type Act = (rig: Rig, random: Random) => Promise<void>

export type Scenario = {
  name: string
  /** Runs from a second after the first students have begun. What it leaves broken is healed after the exam's end. */
  during: Act
  /** No save may fail, nor take longer than this: the fault lies where running attempts have nothing to do with it. */
  saves?: { withinMs: number }
  /** Runs before the exam begins, as for what must be broken at the start. Undone after it. */
  before?: Act
}

/** Waits, then breaks, waits, then heals: the commonest course. */
export const brokenFor =
  (ms: number, breakIt: Act): Act =>
  async (rig, random) => {
    await breakIt(rig, random)
    await Bun.sleep(ms)
    await rig.heal()
  }
