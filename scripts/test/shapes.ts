/** End-to-end tests by browser, which the test command runs on either shape. */
export const browserTests = ['tests/e2e']
/** With those by API. */
export const onBothShapes = [...browserTests, 'tests/integration/src/hostile.test.ts']
/** Loaded before them: they share one program. */
export const oneStage = 'tests/e2e/src/one-stage.ts'
