import type { State, Windows } from '@hourglass/slo/weigh'

/** What is known of one promise. */
export type Measured = {
  windows: Windows
  /** What alerts say of it; `null` where nobody alerts: then its figures are judged. */
  alerting: State | null
}

/** Why there are no figures: nobody said where, nobody answers there, it has no rules of ours, or nothing is counted. */
export type Missing = 'address' | 'answer' | 'rules' | 'metrics'

export type Reading = {
  /** Who counted: this program itself, or a Prometheus. */
  source: 'own' | 'prometheus' | 'none'
  missing: Missing | null
  measuredAt: Date | null
  /** By the id of the SLO. One that is not in it is not known. */
  promises: ReadonlyMap<string, Measured>
}

/** Reads the figures of all promises as they are now. What is missing is said in the answer, not thrown. */
export type Figures = () => Promise<Reading>

export const nothingKnown = (source: Reading['source'], missing: Missing): Reading => ({
  ...{ source, missing, measuredAt: null, promises: new Map() },
})

/** Of a service that was not told where its figures are. */
export const noFigures: Figures = async () => nothingKnown('none', 'address')
