import { CountsPerSecond, RequestsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units'
import { logGraph, logLines } from '../parts/log-lines'
import { createPage } from '../parts/page'
import { traceTable } from '../parts/trace-table'
import { id, service } from '../parts/variables'

const slowMs = 500
/** The gateway’s line of a request, with what is asked of it taken out. */
const request = '{service="gateway"} | json route="route", status="status", ms="ms" | ms != ""'

export const logs = () =>
  createPage({
    uid: 'logs',
    title: 'Logs',
    description: 'Lines by service, errors, one request by its id, slow requests with their traces.',
    ...{ lookBack: '1h', refresh: '30s', variables: [service(), id()] },
    rows: [
      {
        title: 'How much, how bad',
        panels: [
          logGraph({
            title: 'Lines by service',
            meaning: 'The gateway writes one for each request. Another service that writes as much repeats itself.',
            ...{ unit: CountsPerSecond, isStacked: true },
            queries: [{ expr: 'sum by (service) (rate({service=~"$service"} [$__auto]))', legend: '{{service}}' }],
          }),
          logGraph({
            title: 'Warnings and errors',
            meaning:
              'Equal errors are written ten times in 10 s, then counted in `leftOut`: the true number may be higher.',
            ...{ unit: CountsPerSecond, isStacked: true },
            queries: [
              {
                expr: 'sum by (service, level) (rate({service=~"$service", level=~"warn|error|fatal"} [$__auto]))',
                legend: '{{service}} {{level}}',
              },
            ],
          }),
          logGraph({
            title: 'Slowest requests',
            meaning:
              'The longest of each moment, by route as the gateway has it. One spike is one person; a carpet is all.',
            unit: Seconds,
            queries: [
              {
                expr: `max by (route) (max_over_time(${request} | unwrap ms | __error__="" [$__auto])) / 1000`,
                legend: '{{route}}',
              },
            ],
          }),
        ],
      },
      {
        title: 'One request',
        panels: [
          logLines({
            title: 'All lines with the id above',
            meaning:
              'Paste the id that an error message shows, or a trace’s. Lines of all services, in the order of time.',
            expr: '{service=~".+"} |= `$id`',
          }),
          logLines({
            title: 'The trace’s lines',
            meaning: 'If the id is a trace’s: exactly its lines. Open one for a button to the trace itself.',
            expr: '{service=~".+"} | trace_id = `$id`',
          }),
        ],
      },
      {
        title: 'Errors',
        panels: [
          logLines({
            title: 'Errors',
            meaning: 'What went wrong inside. Each has the trace that it happened in, and the cause of its cause.',
            expr: '{service=~"$service", level=~"error|fatal"}',
          }),
          logGraph({
            title: 'Requests that failed, by route',
            meaning:
              'Answers from 500 on, from the gateway’s lines. Agrees with the page Application, or lines are missing.',
            ...{ unit: RequestsPerSecond, span: 24 },
            queries: [{ expr: `sum by (route) (rate(${request} | status >= 500 [$__auto]))`, legend: '{{route}}' }],
          }),
        ],
      },
      {
        title: 'Slow requests',
        panels: [
          logLines({
            title: `Requests above ${slowMs} ms`,
            meaning: 'Each has its trace: slow ones are always kept.',
            expr: `${request} | ms > ${slowMs}`,
          }),
          traceTable({
            title: `Traces above ${slowMs} ms`,
            meaning: 'Where the time went: open one. Right of its id is the way to its log lines.',
            query: `{ resource.service.name =~ "$service" && duration > ${slowMs}ms }`,
          }),
          traceTable({
            title: 'Traces with a fault',
            meaning: 'The span in red that lies deepest is where it began.',
            query: '{ resource.service.name =~ "$service" && status = error }',
          }),
        ],
      },
      {
        title: 'By service',
        panels: [
          logLines({
            title: 'Lines of the chosen services',
            meaning: 'Everything, the newest first. Choose services above, or write a word into Grafana’s filter.',
            expr: '{service=~"$service"}',
          }),
        ],
      },
    ],
  })
