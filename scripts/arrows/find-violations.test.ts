import { describe, expect, test } from 'bun:test'
import { findViolations } from './find-violations'

const rulesOf = (file: string, source: string) => findViolations(file, source).map(({ rule }) => rule)

describe('the arrows apps → services’ types → packages', () => {
  test('a package that imports a service is told to move the code', () => {
    expect(rulesOf('packages/kit/src/config.ts', `import { createApp } from '@hourglass/exams/app'`)).toEqual([
      expect.stringContaining('A package knows no app: move what it needs of exams'),
    ])
    expect(rulesOf('packages/kit/src/config.ts', `import type { App } from '@hourglass/exams/app'`)).toHaveLength(1)
  })

  test('a service takes another’s types, never its code', () => {
    expect(rulesOf('apps/exams/src/app.ts', `import type { App } from '@hourglass/quizzes/app'`)).toEqual([])
    expect(
      rulesOf('apps/exams/src/app.ts', `import {\n  type App,\n  createApp\n} from '@hourglass/quizzes/app'`),
    ).toEqual([expect.stringContaining('call quizzes over HTTP')])
    expect(rulesOf('apps/exams/src/app.ts', `export { createApp } from '@hourglass/quizzes/app'`)).toHaveLength(1)
    expect(rulesOf('apps/exams/src/app.ts', `const app = await import('@hourglass/quizzes/app')`)).toHaveLength(1)
  })

  test('the composition root and tests may put services together', () => {
    const source = `import { createApp } from '@hourglass/quizzes/app'`
    expect(rulesOf('apps/hourglass/src/services.ts', source)).toEqual([])
    expect(rulesOf('apps/exams/src/app.test.ts', source)).toEqual([])
    expect(rulesOf('tests/e2e/main.test.ts', source)).toEqual([])
  })

  test('a relative import never leaves its package', () => {
    expect(rulesOf('apps/exams/src/app.ts', `import { x } from '../../../packages/kit/src/config'`)).toHaveLength(1)
    expect(rulesOf('apps/exams/src/a/b.ts', `import { x } from '../schema'\nimport './c'`)).toEqual([])
    expect(rulesOf('packages/slo/src/a.ts', `import x from '../../../slo/a.yaml' with { type: 'text' }`)).toEqual([])
  })

  test('only the kit knows how telemetry is made', () => {
    const source = `import { Tracer } from '@hourglass/telemetry/tracer'`
    expect(rulesOf('apps/exams/src/app.ts', source)).toEqual([expect.stringContaining('@hourglass/kit')])
    expect(rulesOf('packages/events/src/relay.ts', source)).toHaveLength(1)
    expect(rulesOf('packages/kit/src/observe.ts', source)).toEqual([])
    expect(rulesOf('apps/gateway/src/traces.test.ts', source)).toEqual([])
  })

  test('a product never imports the tests’ package', () => {
    expect(rulesOf('apps/exams/src/app.ts', `import { freePort } from '@hourglass/testing/ports'`)).toHaveLength(1)
  })
})
