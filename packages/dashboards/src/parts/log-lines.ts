import { LogsDedupStrategy, LogsSortOrder } from '@grafana/grafana-foundation-sdk/common'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/logs'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/loki'
import type { PanelBuilder as GraphBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { type Graph, graph, type Meaning } from './graph'
import { loki } from './sources'

/** Log lines, the newest first. Opened, a line has a button to its trace. */
export const logLines = ({
  title,
  meaning,
  expr,
  span = 24,
}: Meaning & { expr: string; span?: number }): PanelBuilder =>
  new PanelBuilder()
    .title(title)
    .description(meaning)
    .datasource(loki)
    .span(span)
    .height(10)
    .showTime(true)
    .wrapLogMessage(true)
    .enableLogDetails(true)
    .sortOrder(LogsSortOrder.Descending)
    .dedupStrategy(LogsDedupStrategy.None)
    .withTarget(new DataqueryBuilder().datasource(loki).expr(expr).queryType('range').maxLines(500).refId('A'))

/** Lines over time, counted by Loki. */
export const logGraph = (options: Graph): GraphBuilder =>
  graph(options)
    .datasource(loki)
    .targets(
      options.queries.map(({ expr, legend }, index) =>
        new DataqueryBuilder()
          .datasource(loki)
          .expr(expr)
          .legendFormat(legend)
          .queryType('range')
          .refId(String.fromCharCode(65 + index)),
      ),
    )
