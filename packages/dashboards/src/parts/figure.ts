import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import { MappingType, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat'
import type { Meaning } from './graph'
import { type Query, targetsOf } from './query'
import { prometheus } from './sources'

export type Figure = Meaning & {
  unit: string
  queries: readonly Query[]
  /** Width in columns; a page has 24. */
  span?: number
  height?: number
  /** From here on it is red. */
  badFrom?: number
  /** Below it is red. */
  goodFrom?: number
  /** Words in place of values. */
  names?: Readonly<Record<number, string>>
}

/** The latest value, large, with the name of its series and its course behind it. */
export function figure(options: Figure): PanelBuilder {
  const { title, meaning, unit, queries, span = 4, height = 4, names } = options
  const panel = new PanelBuilder()
    .title(title)
    .description(meaning)
    .datasource(prometheus)
    .unit(unit)
    .span(span)
    .height(height)
    .graphMode(BigValueGraphMode.Area)
    .colorMode(BigValueColorMode.Value)
    .textMode(
      queries.some(({ legend }) => legend.includes('{{')) || queries.length > 1
        ? BigValueTextMode.ValueAndName
        : BigValueTextMode.Auto,
    )
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(stepsOf(options)))
    .targets(targetsOf(queries))
  if (names) panel.mappings([{ type: MappingType.ValueToText, options: textsOf(names) }])
  return panel
}

function stepsOf({ badFrom, goodFrom }: Figure) {
  if (goodFrom !== undefined) {
    return [
      { value: null, color: 'red' },
      { value: goodFrom, color: 'green' },
    ]
  }
  return [{ value: null, color: 'green' }, ...(badFrom === undefined ? [] : [{ value: badFrom, color: 'red' }])]
}

const textsOf = (names: Readonly<Record<number, string>>) =>
  Object.fromEntries(Object.entries(names).map(([value, text], index) => [value, { text, index }]))
