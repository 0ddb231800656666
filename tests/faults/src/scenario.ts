import type { Outage } from '@hourglass/crash-tests/judge'
import type { Random } from '@hourglass/support/random'
import type { Person } from '@hourglass/support/school'
import type { Rig, RigOptions } from './rig/rig'

/** What a scenario does to the rig while an exam is sat. */
export type Act = (rig: Rig, random: Random, exam: Exam) => Promise<void>

/** The exam that is sat, as its teacher knows it. */
export type Exam = {
  teacher: Person
  /** Throws an Error before it is scheduled. */
  id: () => string
  /** Outages whose minutes the teacher was told to have given back. */
  compensated: Outage[]
}

export type Scenario = {
  name: string
  /** What it leaves broken is healed after the exam's end. */
  during: Act
  /** How long after the first students have begun `during` does; 1.5 s when absent. */
  afterMs?: number
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
