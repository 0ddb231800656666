import { randomUUID } from 'node:crypto'
import type { Decision } from '../gate/decide'
import { sayDecision, secondsToUnblock } from './sentences'

/** What the steps after it read. */
export function toOutputs(decision: Decision): string {
  const { verdict, exitCode, wouldBlock, slos } = decision
  return toOutputLines({
    verdict,
    'exit-code': String(exitCode),
    'would-block': String(wouldBlock),
    blocking: slos
      .filter((slo) => slo.wouldBlock)
      .map(({ slo }) => slo.id)
      .join(' '),
    'seconds-to-unblock': String(secondsToUnblock(decision) ?? ''),
    sentence: sayDecision(decision),
  })
}

/** Lines for `$GITHUB_OUTPUT`. Each value has an end of its own that cannot stand in it. */
export const toOutputLines = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => {
      const end = randomUUID()
      return `${name}<<${end}\n${value}\n${end}\n`
    })
    .join('')
