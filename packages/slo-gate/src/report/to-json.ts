import type { Decision, SloDecision } from '../gate/decide'
import { windows } from '../verdict/windows'

/** Raised when a field goes away or means something else; new fields raise nothing. */
export const reportSchema = 'hourglass-gate-report/v1'

/** The whole decision with its evidence: enough to ask the same questions again. */
export function toJson(decision: Decision, gateVersion: string) {
  const { at, slos, ...rest } = decision
  return {
    schema: reportSchema,
    gateVersion,
    at: new Date(at * 1_000).toISOString(),
    atSeconds: at,
    ...rest,
    slos: slos.map(toSlo),
  }
}

export type GateReport = ReturnType<typeof toJson>

function toSlo({ slo, terms, reading, ...rest }: SloDecision) {
  const { id, service, name, objective, budget, file, line, specHash } = slo
  const { mode, tier } = terms
  return {
    ...{ id, service, name, objective, budget, file, line, specHash, tier, mode, ...rest },
    evidence:
      reading.kind === 'read'
        ? {
            ...{ kind: reading.kind, traffic: reading.traffic, rulesEvaluatedAt: reading.rulesEvaluatedAt },
            windows: Object.fromEntries(windows.map((window) => [window, reading.windows[window]])),
          }
        : reading,
  }
}
