import { dirname, relative, resolve } from 'node:path'

/** An import as it stands in a file; `isType` when nothing of it is left at run time. */
export type Import = { from: string; isType: boolean }

export type Violation = { file: string; from: string; rule: string }

/** The one program that knows every service: it puts them together. */
const compositionRoot = 'apps/hourglass'

/** Names in `import … from '…'`, `export … from '…'`, `import '…'` and `import('…')`. */
export function readImports(source: string): Import[] {
  const statement = /^\s*(?:import|export)\s+(?:(type)\s+)?(?:[\w*${}\s,]+?\s+from\s+)?['"]([^'"\n]+)['"]/gm
  const call = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g
  return [
    ...[...source.matchAll(statement)].map(([, type, from = '']) => ({ from, isType: type === 'type' })),
    ...[...source.matchAll(call)].map(([, from = '']) => ({ from, isType: false })),
  ]
}

/**
 * Judges the imports of one file by the arrows apps → services' types → packages. `file` is relative to the workspace, with
 * slashes. Tests may put services together, as the composition root does; what lies in `tests/` may import anything.
 */
export function findViolations(file: string, source: string): Violation[] {
  const unit = unitOf(file)
  if (!unit) return []
  return readImports(source).flatMap((each) => {
    const rule = judge(file, unit, each)
    return rule ? [{ file, from: each.from, rule }] : []
  })
}

function judge(file: string, unit: string, { from, isType }: Import): string | null {
  if (from.startsWith('.')) {
    // What is written for people, such as the promises in slo/, lies where they look for it.
    if (/\.ya?ml$/.test(from)) return null
    const target = relative('/', resolve('/', dirname(file), from))
    return unitOf(target) === unit ? null : 'A relative import stays in its own package: import by the package’s name.'
  }
  const name = /^@hourglass\/([^/]+)/.exec(from)?.[1]
  if (name === undefined || isTest(file)) return null
  if (name === 'testing') {
    return unit === 'packages/testing'
      ? null
      : 'Only tests import @hourglass/testing: put what both need in packages/kit.'
  }
  if (name === 'telemetry') {
    return telemetryUnits.has(unit) ? null : 'Telemetry is a part of the kit: import what you need from @hourglass/kit.'
  }
  if (!appNames.has(name) || unit === compositionRoot || unit === `apps/${name}`) return null
  if (unit.startsWith('packages/')) {
    return `A package knows no app: move what it needs of ${name} to packages/, or the code to apps/${name}.`
  }
  return isType
    ? null
    : `An app takes only types of another (import type): call ${name} over HTTP, or put shared code in packages/.`
}

const telemetryUnits = new Set(['packages/telemetry', 'packages/kit'])

const appNames = new Set([
  ...['gateway', 'students', 'quizzes', 'exams', 'grading', 'notifier'],
  ...['web', 'hourglass'],
])

const unitOf = (path: string): string | null => /^(?:apps|packages)\/[^/]+/.exec(path)?.[0] ?? null

/** A test, or what tests alone share: `test-….ts`, `…-under-test.ts`, `…-contract.ts`, `fixtures/`. */
const isTest = (file: string): boolean =>
  /\.test\.tsx?$|\/test-[^/]+$|-under-test\.ts$|-contract\.ts$|\/fixtures\//.test(file)
