import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import { ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat'
import type { Meaning } from './graph'
import { type Query, targetsOf } from './query'
import { prometheus } from './sources'

export type Figure = Meaning & {
  unit: string
  queries: readonly Query[]
  /** Width in columns; a page has 24. */
  span?: number
  /** From here on it is red. */
  badFrom?: number
}

/** The latest value, large, with the name of its series and its course behind it. */
export function figure({ title, meaning, unit, queries, span = 4, badFrom }: Figure): PanelBuilder {
  const steps = [{ value: null, color: 'green' }, ...(badFrom === undefined ? [] : [{ value: badFrom, color: 'red' }])]
  return new PanelBuilder()
    .title(title)
    .description(meaning)
    .datasource(prometheus)
    .unit(unit)
    .span(span)
    .height(4)
    .graphMode(BigValueGraphMode.Area)
    .colorMode(BigValueColorMode.Value)
    .textMode(queries.length > 1 ? BigValueTextMode.ValueAndName : BigValueTextMode.Auto)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps))
    .targets(targetsOf(queries))
}
