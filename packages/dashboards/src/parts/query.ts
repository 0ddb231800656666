import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { prometheus } from './sources'

/** A query of Prometheus; `legend` names its lines, with labels as `{{service}}`. */
export type Query = { expr: string; legend: string }

/** The queries as Grafana wants them. Those of a histogram's buckets bring the traces of their points. */
export const targetsOf = (queries: readonly Query[]): DataqueryBuilder[] =>
  queries.map(({ expr, legend }, index) => {
    const target = new DataqueryBuilder().datasource(prometheus).expr(expr).legendFormat(legend).range()
    if (expr.includes('_bucket')) target.exemplar(true)
    return target.refId(String.fromCharCode(65 + index))
  })

/** Seconds, or whatever the histogram counts, which the share `quantile` of what `selector` selects stays below. */
export const quantileOf = (quantile: string, histogram: string, selector = '', by: readonly string[] = []): string =>
  `histogram_quantile(${quantile}, sum by (${['le', ...by].join(', ')}) (rate(${histogram}_bucket${braced(selector)}[$__rate_interval])))`

/** Lines for the median, the slow twentieth and the slowest hundredth. */
export const usualQuantiles = (histogram: string, selector = ''): Query[] =>
  ['0.5', '0.95', '0.99'].map((quantile) => ({
    expr: quantileOf(quantile, histogram, selector),
    legend: `p${Number(quantile) * 100}`,
  }))

/** How many a second of what `selector` selects of a counter, by labels. */
export const rateOf = (counter: string, by: readonly string[] = [], selector = ''): string =>
  `sum${by.length > 0 ? ` by (${by.join(', ')})` : ''} (rate(${counter}${braced(selector)}[$__rate_interval]))`

const braced = (selector: string): string => (selector === '' ? '' : `{${selector}}`)
