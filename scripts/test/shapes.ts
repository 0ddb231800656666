import { readdirSync } from 'node:fs'

/** End-to-end tests by browser. */
export const browserTests = ['tests/e2e']
/** With those by API. */
export const onBothShapes = [...browserTests, 'tests/integration/src/hostile.test.ts']
/** What a page looks like, how its controls feel and what it measures is the same on either: the test command asks one of them. */
const drawn = ['pages', 'screen-reader', 'room-drag', 'columns', 'long-quiz', 'measurements'].map(
  (name) => `${name}.test.ts`,
)
/** Those that see what is behind the pages. */
export const seeingTheShape = readdirSync('tests/e2e/src')
  .filter((file) => file.endsWith('.test.ts') && !drawn.includes(file))
  .map((file) => `tests/e2e/src/${file}`)
/** Loaded before them: they share one program. */
export const oneStage = 'tests/e2e/src/one-stage.ts'
