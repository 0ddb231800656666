import {
  BytesIEC,
  CountsPerSecond,
  EventsPerSecond,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from '@grafana/grafana-foundation-sdk/units'
import { figure } from '../parts/figure'
import { graph } from '../parts/graph'
import { createPage } from '../parts/page'
import { quantileOf, rateOf, usualQuantiles } from '../parts/query'
import { instance, quantile, service } from '../parts/variables'
import { pages } from './browser'
import { saturation } from './saturation'

const chosen = 'service=~"$service", instance=~"$instance"'
const requests = rateOf('http_requests_total', ['service'], chosen)
const failed = rateOf('http_requests_total', ['service'], `${chosen}, status=~"5.."`)
const edge = rateOf('traces_service_graph_request_total', ['client', 'server'])

export const application = () =>
  createPage({
    uid: 'application',
    title: 'Application',
    description: 'Rate, errors and duration of every service, what is full, and who calls whom.',
    ...{ lookBack: '1h', refresh: '15s', variables: [service(), instance(), quantile()] },
    rows: [
      {
        title: 'At the door',
        panels: [
          figure({
            title: 'Requests a second',
            meaning: 'All that comes from outside. Nothing during an exam means that students do not reach us.',
            unit: RequestsPerSecond,
            queries: [{ expr: rateOf('http_requests_total', [], 'service="gateway"'), legend: 'requests' }],
          }),
          figure({
            title: 'Failed',
            meaning:
              'Share of answers that were a fault of ours. Above 1 % somebody should look; see errors by service.',
            ...{ unit: PercentUnit, badFrom: 0.05 },
            queries: [
              {
                expr: `(${rateOf('http_requests_total', [], 'service="gateway", status=~"5.."')} or vector(0)) / ${rateOf('http_requests_total', [], 'service="gateway"')}`,
                legend: 'failed',
              },
            ],
          }),
          figure({
            title: '95 of 100 are faster than',
            meaning: 'As people feel it, without their network. Above 2 s they press again, which makes it worse.',
            ...{ unit: Seconds, badFrom: 2 },
            queries: [
              { expr: quantileOf('0.95', 'http_request_duration_seconds', 'service="gateway"'), legend: 'p95' },
            ],
          }),
          figure({
            title: 'Live pages',
            meaning:
              'Event streams that are open: students who sit and teachers who watch. A cliff is a network, or us.',
            unit: Short,
            queries: [{ expr: 'sum(gateway_streams_open)', legend: 'streams' }],
          }),
          figure({
            title: 'Students who sit',
            meaning:
              'Attempts that are open. Compare with live pages: what is missing there sits without a connection.',
            unit: Short,
            queries: [{ expr: 'max(exams_attempts_open)', legend: 'attempts' }],
          }),
          figure({
            title: 'Refused as too many',
            meaning: 'The gateway protects saves by refusing others first. Priorities are on the panel below.',
            ...{ unit: RequestsPerSecond, badFrom: 1 },
            queries: [{ expr: `${rateOf('gateway_requests_shed_total')} or vector(0)`, legend: 'refused' }],
          }),
        ],
      },
      {
        title: 'Rate, errors, duration',
        panels: [
          graph({
            title: 'Requests by service',
            meaning: 'Follows what people do. One service that falls while the others go on does not answer.',
            unit: RequestsPerSecond,
            queries: [{ expr: requests, legend: '{{service}}' }],
          }),
          graph({
            title: 'Errors by service',
            meaning:
              'Share of answers from 500 on. The deepest service that has them is where to look; its lines are a click away.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [{ expr: `(${failed} or 0 * ${requests}) / (${requests} > 0)`, legend: '{{service}}' }],
          }),
          graph({
            title: 'Duration by service (quantile $quantile)',
            meaning: 'If the gateway is slow and nobody behind it, it is the gateway itself. The dots are traces.',
            unit: Seconds,
            queries: [
              {
                expr: quantileOf('$quantile', 'http_request_duration_seconds', chosen, ['service']),
                legend: '{{service}}',
              },
            ],
          }),
          graph({
            title: 'Duration of what is chosen',
            meaning: 'p50 up: everything is slower. Only p99 up: few wait for something, such as a lock or a start.',
            unit: Seconds,
            queries: usualQuantiles('http_request_duration_seconds', chosen),
          }),
          graph({
            title: 'Slowest routes (quantile $quantile)',
            meaning: 'Which route it is. Open a dot’s trace to see where its time went.',
            unit: Seconds,
            queries: [
              {
                expr: `topk(10, ${quantileOf('$quantile', 'http_request_duration_seconds', chosen, ['service', 'route'])})`,
                legend: '{{service}} {{route}}',
              },
            ],
          }),
          graph({
            title: 'Answers by status',
            meaning:
              '401 and 403 up: somebody’s session or somebody’s curiosity. 409: two tabs. 429: a limit. 5xx: us.',
            ...{ unit: RequestsPerSecond, isStacked: true },
            queries: [{ expr: rateOf('http_requests_total', ['status'], chosen), legend: '{{status}}' }],
          }),
        ],
      },
      ...pages(),
      ...saturation(),
      {
        title: 'Who calls whom (from traces: 5 % of all, and all that failed or were slow)',
        panels: [
          graph({
            title: 'Calls between services',
            meaning:
              'Every edge is an arrow of the design: a call, a store, or an event. A new one is a new dependency: was it meant?',
            unit: RequestsPerSecond,
            queries: [{ expr: edge, legend: '{{client}} → {{server}}' }],
          }),
          graph({
            title: 'Failed calls between services',
            meaning:
              'Share of the traced calls. The edge nearest to the store is the cause, those before it are its echo.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [
              {
                expr: `(${rateOf('traces_service_graph_request_failed_total', ['client', 'server'])} or 0 * ${edge}) / (${edge} > 0)`,
                legend: '{{client}} → {{server}}',
              },
            ],
          }),
          graph({
            title: 'Seconds of calls between services (quantile $quantile)',
            meaning:
              'As the called one saw it. Slow traces are always kept, so this is above the truth; compare with itself.',
            unit: Seconds,
            queries: [
              {
                expr: quantileOf('$quantile', 'traces_service_graph_request_server_seconds', '', ['client', 'server']),
                legend: '{{client}} → {{server}}',
              },
            ],
          }),
        ],
      },
      {
        title: 'Events and jobs',
        panels: [
          graph({
            title: 'Events taken in',
            meaning: 'By outcome. `known` is a second delivery and does nothing; `failed` is tried again, then parked.',
            unit: EventsPerSecond,
            queries: [
              {
                expr: rateOf('events_consumed_total', ['service', 'outcome'], chosen),
                legend: '{{service}} {{outcome}}',
              },
            ],
          }),
          graph({
            title: 'From told to taken in (quantile $quantile)',
            meaning: 'How long an exam takes to appear, a mark to be made. Seconds are normal, minutes are not.',
            unit: Seconds,
            queries: [{ expr: quantileOf('$quantile', 'event_lag_seconds', chosen, ['event']), legend: '{{event}}' }],
          }),
          graph({
            title: 'Failed turns of jobs',
            meaning:
              'A job’s next turn tries again. A line that stays is a job that can not: sealing, relaying, asking.',
            unit: CountsPerSecond,
            queries: [
              {
                expr: `${rateOf('job_turns_total', ['service', 'task'], `${chosen}, outcome="failed"`)} or 0 * ${rateOf('job_turns_total', ['service', 'task'], chosen)}`,
                legend: '{{service}} {{task}}',
              },
            ],
          }),
        ],
      },
      {
        title: 'Processes',
        panels: [
          graph({
            title: 'CPU of replicas',
            meaning: 'A service is one thread: at 100 % it is full, whatever the node still has. Add a replica.',
            ...{ unit: PercentUnit, span: 12 },
            queries: [
              { expr: rateOf('process_cpu_seconds_total', ['service', 'instance'], chosen), legend: '{{instance}}' },
            ],
          }),
          graph({
            title: 'Memory of replicas',
            meaning: 'Rises after a start and stays. A line that only rises is a leak.',
            ...{ unit: BytesIEC, span: 12 },
            queries: [{ expr: `process_resident_memory_bytes{${chosen}}`, legend: '{{instance}}' }],
          }),
        ],
      },
    ],
  })
