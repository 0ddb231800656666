import { crashPointNames } from '../programs/crash-points'
import type { Scenario } from '../scenario'
import { again, dieAt } from './acts'

/** A process dies at each point that can be named, at three different times. */
export const crashScenarios: readonly Scenario[] = crashPointNames.map((point) => ({
  name: `a process dies where ${point}`,
  during: again(3, dieAt(point), 2_500),
}))
