/** A line over time: moments in milliseconds since 1970, in their order. `NaN` is a gap. */
export type Series = { name: string; points: readonly (readonly [ms: number, value: number])[] }
export type LogLine = { ms: number; text: string }
export type TraceRow = { traceId: string; ms: number; service: string; name: string; durationMs: number }

/** What the queries of a panel have found, whichever server they asked. */
export type PanelData = { series: readonly Series[]; lines: readonly LogLine[]; traces: readonly TraceRow[] }

export type Span = { from: number; to: number }

export const isEmpty = ({ series, lines, traces }: PanelData): boolean =>
  lines.length + traces.length === 0 && !series.some(({ points }) => points.some(([, value]) => !Number.isNaN(value)))
