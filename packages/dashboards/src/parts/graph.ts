import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { logsOfService } from './links'
import { type Query, targetsOf } from './query'
import { prometheus } from './sources'

/** What every panel must say. `meaning`: what one should think when it moves. */
export type Meaning = { title: string; meaning: string }

export type Graph = Meaning & {
  unit: string
  queries: readonly Query[]
  /** Width in columns; a page has 24. */
  span?: number
  /** Where the axis ends, for shares. */
  max?: number
  isStacked?: boolean
  /** Values may be below 0. */
  isSigned?: boolean
}

/** Lines over time. Where a line is a service's, a click on it leads to the service's log lines. */
export function graph({
  title,
  meaning,
  unit,
  queries,
  span = 8,
  max,
  isStacked = false,
  isSigned = false,
}: Graph): PanelBuilder {
  const legend = new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([])
  const panel = new PanelBuilder()
    .title(title)
    .description(meaning)
    .datasource(prometheus)
    .unit(unit)
    .span(span)
    .height(8)
    .legend(legend)
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .showPoints(VisibilityMode.Never)
    .fillOpacity(isStacked ? 40 : 10)
    .targets(targetsOf(queries))
  if (!isSigned) panel.min(0)
  if (max !== undefined) panel.max(max)
  if (isStacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
  if (queries.some(({ legend }) => legend.includes('{{service}}'))) panel.dataLinks([logsOfService()])
  return panel
}
