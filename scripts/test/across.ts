import { Glob } from 'bun'

/** Have suites of their own. `load` measures and does not judge. */
const apart = ['tests/e2e/', 'tests/images/', 'tests/load/']
/** Wait for scrapes, rules and flushes most of their time. */
const observing = ['tests/observability/']
/** Ask who may see what, and whether both shapes are alike: it is so however long it takes. */
const timeless = [
  'tests/authorisation/',
  'tests/integration/src/shapes.test.ts',
  'tests/integration/src/topology.test.ts',
]

const isIn = (places: readonly string[]) => (file: string) => places.some((place) => file.startsWith(place))

/**
 * The tests across services, by what they need of the machine. Whoever is not known to promise no times has it to themselves
 * (`alone`); the others may run beside what computes.
 */
export function testsAcross(): Record<'alone' | 'observing' | 'timeless', string[]> {
  // Only below src: node_modules lead back here, round and round.
  const files = [...new Glob('tests/*/src/**/*.test.{ts,tsx}').scanSync('.')]
  const all = files.toSorted().filter((file) => !isIn(apart)(file))
  return {
    alone: all.filter((file) => !isIn([...observing, ...timeless])(file)),
    observing: all.filter(isIn(observing)),
    timeless: all.filter(isIn(timeless)),
  }
}
