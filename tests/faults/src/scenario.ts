import type { Random } from '@hourglass/support/random'
import type { Rig, RigOptions } from './rig/rig'

/** What a scenario does to the rig while an exam is sat. */
export type Act = (rig: Rig, random: Random, examId: ExamId) => Promise<void>

/** The exam that is sat. Throws an Error before it is scheduled. */
type ExamId = () => string

export type Scenario = {
  name: string
  /** Runs from a second after the first students have begun. What it leaves broken is healed after the exam's end. */
  during: Act
  /** No save may fail, nor take longer than this: the fault lies where running attempts have nothing to do with it. */
  saves?: { withinMs: number }
  /** Runs before the exam begins, as for what must be broken at the start. Undone after it. */
  before?: Act
  /** What the rig must have for it, beside the usual. */
  needs?: RigOptions
  /** So many instead of a few. */
  students?: number
}

export const usualStudents = 8
