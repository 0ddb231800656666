import type { Logger } from '@hourglass/kit/logger'
import { type Window, windowMinutes } from '@hourglass/slo/burn'
import { createAsker, type Sample } from '@hourglass/slo/prometheus'
import type { Source } from '@hourglass/slo/prometheus-source'
import type { State, WindowFigures, Windows } from '@hourglass/slo/weigh'
import { type Figures, type Measured, nothingKnown } from '../figures'

const windows: readonly Window[] = ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d']
/** Seconds between two evaluations of the rules in prometheus/rules: what they record at each is added up by it. */
const intervalSeconds = 60

/** Whoever looks at the page waits for it, and can ask again. */
const patience = { deadlineMs: 5_000, mostTries: 1 }

/** The figures that the generated rules have recorded, and what their alerts say. */
export function createPrometheusFigures(source: Source, log: Logger): Figures {
  return async () => {
    const asker = createAsker({ ...source, ...patience })
    try {
      const [samples, alerts] = await Promise.all([asker.query(everyFigure), asker.query(everyAlert)])
      if (samples.length === 0) return nothingKnown('prometheus', 'rules')
      const bySlo = Map.groupBy(samples, ({ labels }) => labels.sloth_id ?? '')
      const promises = [...bySlo].map(([id, own]): [string, Measured] => [
        id,
        { windows: windowsOf(own), alerting: stateOf(id, alerts) },
      ])
      return { source: 'prometheus', missing: null, measuredAt: new Date(), promises: new Map(promises) }
    } catch (error) {
      log.warn({ err: error }, 'Prometheus gave no figures')
      return nothingKnown('prometheus', 'answer')
    }
  }
}

type Figure = 'ratio' | 'total' | 'bad' | 'coverage'

function expressionOf(figure: Figure, window: Window): string {
  const over = (kind: 'total' | 'bad', how: string) =>
    `sum by (sloth_id) (${how}_over_time(slo:sli_${kind}:rate5m[${window}]))`
  if (figure === 'ratio') return `max by (sloth_id) (slo:sli_error:ratio_rate${window})`
  if (figure === 'coverage') return `${over('total', 'count')} * ${intervalSeconds} / ${windowMinutes[window] * 60}`
  return `${over(figure, 'sum')} * ${intervalSeconds}`
}

const figures: readonly Figure[] = ['ratio', 'total', 'bad', 'coverage']
/** All in one question, so that all is of one moment. */
const everyFigure = windows
  .flatMap((window) =>
    figures.map((figure) => {
      const named = `label_replace(${expressionOf(figure, window)}, "figure", "${figure}", "", "")`
      return `label_replace(${named}, "window", "${window}", "", "")`
    }),
  )
  .join('\nor ')
const everyAlert = 'max by (sloth_id, severity) (ALERTS{alertstate="firing", sloth_id!=""})'

function windowsOf(samples: readonly Sample[]): Windows {
  const numberOf = (figure: Figure, window: Window) => {
    const value = samples.find(({ labels }) => labels.figure === figure && labels.window === window)?.value
    return value !== undefined && Number.isFinite(value) ? value : null
  }
  const of = (window: Window): WindowFigures => ({
    errorRatio: numberOf('ratio', window),
    coverage: Math.min(1, numberOf('coverage', window) ?? 0),
    total: Math.round(numberOf('total', window) ?? 0),
    bad: Math.round(numberOf('bad', window) ?? 0),
  })
  return {
    ...{ '5m': of('5m'), '30m': of('30m'), '1h': of('1h'), '2h': of('2h'), '6h': of('6h') },
    ...{ '1d': of('1d'), '3d': of('3d'), '30d': of('30d') },
  }
}

function stateOf(id: string, alerts: readonly Sample[]): State {
  const severities = alerts.filter(({ labels }) => labels.sloth_id === id).map(({ labels }) => labels.severity)
  return severities.includes('page') ? 'page' : severities.length > 0 ? 'ticket' : 'fine'
}
