import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import { DataqueryBuilder, SearchTableType } from '@grafana/grafana-foundation-sdk/tempo'
import type { Meaning } from './graph'
import { logsOfTrace } from './links'
import { tempo } from './sources'

/** Traces that a TraceQL query finds. A click on an id opens the trace, or its log lines. */
export const traceTable = ({ title, meaning, query }: Meaning & { query: string }): PanelBuilder =>
  new PanelBuilder()
    .title(title)
    .description(meaning)
    .datasource(tempo)
    .span(24)
    .height(10)
    .dataLinks([logsOfTrace()])
    .withTarget(
      new DataqueryBuilder()
        .datasource(tempo)
        .query(query)
        .queryType('traceql')
        .tableType(SearchTableType.Traces)
        .limit(50)
        .refId('A'),
    )
