import { type Scenario, usualStudents } from '../scenario'
import { clockScenarios } from './clocks'
import { crashScenarios } from './crashes'
import { otherStoreScenarios } from './other-stores'
import { postgresScenarios } from './postgres'
import { serviceScenarios } from './services'
import { togetherScenarios } from './together'

export const scenarios: readonly Scenario[] = [
  ...togetherScenarios,
  ...postgresScenarios,
  ...otherStoreScenarios,
  ...serviceScenarios,
  ...crashScenarios,
  ...clockScenarios,
]

/** @throws Error when there is none of that name. */
export function scenarioOf(name: string): Scenario {
  const scenario = scenarios.find((each) => each.name === name)
  if (!scenario) throw new Error(`there is no scenario «${name}»`)
  return scenario
}

/** In the largest of these. */
export const mostStudents = (wanted: readonly Scenario[]): number =>
  Math.max(...wanted.map(({ students }) => students ?? usualStudents), usualStudents)
