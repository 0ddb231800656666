import { CountsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units'
import { graph } from '../parts/graph'
import type { Page } from '../parts/page'
import { quantileOf, rateOf } from '../parts/query'

const vitalOf = (vital: string) =>
  `topk(10, ${quantileOf('0.75', 'browser_claimed_web_vital_seconds', `vital="${vital}"`, ['route'])})`

/** A row for what browsers say of themselves: they may lie, so it stands beside what we know and never alone. */
export const pages = (): Page['rows'] => [
  {
    title: 'As browsers say it (anybody can say anything)',
    panels: [
      graph({
        title: 'Largest paint by route (three of four pages are faster)',
        meaning: 'LCP: good is up to 2.5 s, poor from 4 s. All routes up: the network or the gateway. One: that page.',
        unit: Seconds,
        queries: [{ expr: vitalOf('LCP'), legend: '{{route}}' }],
      }),
      graph({
        title: 'From a key or click to the next paint by route (three of four are faster)',
        meaning:
          'INP: good is up to 0.2 s, poor from 0.5 s. Up without us: slow computers. Up after a release: our script.',
        unit: Seconds,
        queries: [{ expr: vitalOf('INP'), legend: '{{route}}' }],
      }),
      graph({
        title: 'Pages until they and their data are there (quantile $quantile)',
        meaning:
          'What the server’s durations leave out: the way to the person, and all requests of a page one after another.',
        unit: Seconds,
        queries: [
          {
            expr: `topk(10, ${quantileOf('$quantile', 'browser_claimed_page_load_seconds', '', ['route'])})`,
            legend: '{{route}}',
          },
        ],
      }),
      graph({
        title: 'Failed saves as browsers see them',
        meaning:
          '`offline` and `timeout` never reached us: compare with errors at the door. They are told once the network is back.',
        unit: CountsPerSecond,
        queries: [{ expr: rateOf('browser_claimed_save_failures_total', ['reason']), legend: '{{reason}}' }],
      }),
      graph({
        title: 'Answers kept on a device until stored',
        meaning:
          'A second or two is typing that settles. p95 up while our own time to store is not: students are cut off from us.',
        unit: Seconds,
        queries: ['0.5', '0.95'].map((quantile) => ({
          expr: quantileOf(quantile, 'browser_claimed_kept_seconds'),
          legend: `p${Number(quantile) * 100}`,
        })),
      }),
      graph({
        title: 'Layout shift by route (three of four views are below)',
        meaning: 'CLS: good is up to 0.1, poor from 0.25. Only Chromium tells it.',
        unit: 'none',
        queries: [
          {
            expr: `topk(10, ${quantileOf('0.75', 'browser_claimed_layout_shift_score', '', ['route'])})`,
            legend: '{{route}}',
          },
        ],
      }),
    ],
  },
]
