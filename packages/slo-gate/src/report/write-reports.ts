import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Decision } from '../gate/decide'
import type { Environment, GateOptions } from '../gate/options'
import { toAnnotations } from './to-annotations'
import { toJson } from './to-json'
import { toJunit } from './to-junit'
import { toOutputs } from './to-outputs'
import { toSummary } from './to-summary'
import { toText } from './to-text'

/** Writes every report that was asked for, and what GitHub reads where it runs us. Answers what belongs on the screen. */
export function writeReports(
  decision: Decision,
  { isJson, jsonFile, junitFile }: Pick<GateOptions, 'isJson' | 'jsonFile' | 'junitFile'>,
  environment: Environment,
): string {
  const json = JSON.stringify(toJson(decision, environment.HOURGLASS_VERSION ?? 'dev'), null, 2)
  if (jsonFile !== null) write(jsonFile, `${json}\n`)
  if (junitFile !== null) write(junitFile, toJunit(decision))
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = environment
  if (summary) appendFileSync(summary, toSummary(decision))
  if (output) appendFileSync(output, toOutputs(decision))
  if (isJson) return json
  const annotations = environment.GITHUB_ACTIONS === 'true' ? toAnnotations(decision) : []
  return [toText(decision), ...annotations].join('\n')
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
