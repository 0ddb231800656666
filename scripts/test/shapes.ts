import { readdirSync } from 'node:fs'

/** End-to-end tests by browser. */
export const browserTests = ['tests/e2e']
/** With those by API. */
export const onBothShapes = [...browserTests, 'tests/integration/src/hostile.test.ts']
/** What a page looks like, how its controls feel and what it measures is the same on either: the test command asks the single process. */
const drawn = ['pages', 'screen-reader', 'room-drag', 'columns', 'long-quiz', 'measurements']
/** Networks that come and go, and databases that are set back: the test command asks the stack, where more can go wrong. */
const cutOff = ['room']

const browserTestsWithout = (names: readonly string[]): string[] =>
  readdirSync('tests/e2e/src')
    .filter((file) => file.endsWith('.test.ts') && !names.includes(file.replace('.test.ts', '')))
    .map((file) => `tests/e2e/src/${file}`)
/** What the test command asks of each shape; `bun run test:shape` asks everything of one. */
export const browserTestsOf = { single: browserTestsWithout(cutOff), stack: browserTestsWithout(drawn) }
/** Loaded before them: they share one program. */
export const oneStage = 'tests/e2e/src/one-stage.ts'
