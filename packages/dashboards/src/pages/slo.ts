import { EventsPerSecond, PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { figure } from '../parts/figure'
import { graph } from '../parts/graph'
import { note } from '../parts/note'
import { createPage, type Page } from '../parts/page'
import {
  burnByWindow,
  contributorsOf,
  factorWords,
  leftOf,
  type Promised,
  promisesByService,
  secondsToEmpty,
  stateNames,
  stateOfAll,
} from '../parts/promises'

export const slo = () =>
  createPage({
    uid: 'slo',
    title: 'SLO',
    description: 'What slo/ promises: what is left of each error budget, how fast it burns, and what burns it.',
    ...{ lookBack: '6h', refresh: '1m', hasExams: true },
    rows: [{ title: 'All promises', panels: panelsOfAll() }, ...rowsOfServices()],
  })

function panelsOfAll(): Page['rows'][number]['panels'] {
  return [
    note(
      'How to read it',
      [
        'A budget is what may go wrong in 30 days. Burning 1 empties it in just that time. Alerts come above:',
        `${factorWords()}. The figures of 30 days are there from the first minute on, of as much as there is: “Known of 30 days”`,
        'says how much that is, and what is missing counts as clean. What is promised, and why: docs/slo.md.',
      ].join(' '),
      3,
    ),
    figure({
      title: 'Alerts by promise',
      meaning: 'A page: somebody must act now. A ticket: in the next days, or the budget does not last.',
      ...{ unit: Short, span: 8, height: 14, badFrom: 1, names: stateNames },
      queries: [{ expr: stateOfAll(), legend: '{{sloth_id}}' }],
    }),
    figure({
      title: 'Left of the budget',
      meaning: 'Below nothing the promise is broken: what goes out until it is kept again makes it better, or waits.',
      ...{ unit: PercentUnit, span: 8, height: 14, goodFrom: 0.25 },
      queries: [{ expr: leftOf(), legend: '{{sloth_id}}' }],
    }),
    figure({
      title: 'Until it is empty',
      meaning: 'At the pace of the last hour. 30 days stand for all that is longer. Not there: nothing happened.',
      ...{ unit: Seconds, span: 8, height: 14, goodFrom: 86_400 },
      queries: [{ expr: secondsToEmpty(), legend: '{{sloth_id}}' }],
    }),
    graph({
      title: 'Left of the budget over time',
      meaning: 'Steps down are incidents. It rises as they become older than 30 days.',
      ...{ unit: PercentUnit, span: 16, isSigned: true },
      queries: [{ expr: leftOf(), legend: '{{sloth_id}}' }],
    }),
    graph({
      title: 'Known of 30 days',
      meaning: 'Rises for 30 days after the first start and stays at 100 %. A promise that lags behind had no figures.',
      ...{ unit: PercentUnit, max: 1 },
      queries: [{ expr: 'max by (sloth_id) (slo:period_coverage:ratio)', legend: '{{sloth_id}}' }],
    }),
  ]
}

const rowsOfServices = (): Page['rows'][number][] =>
  [...promisesByService()].map(([service, promises]) => ({
    title: service,
    panels: [...promises.map(burnPanel), contributorsPanel(service, promises)],
  }))

const burnPanel = (promised: Promised) =>
  graph({
    title: `${promised.id}: burn by window`,
    meaning: `${promised.promise} ${promised.objective} %. ${promised.words.whoFeels} What to do: ${promised.words.runbookUrl}.`,
    ...{ unit: Short, span: 8 },
    queries: burnByWindow(promised),
  })

const contributorsPanel = (service: string, promises: readonly Promised[]) =>
  graph({
    title: `${service}: what burns the budgets`,
    meaning: 'Bad events by route or by reason, of the last five minutes. Empty is good.',
    ...{ unit: EventsPerSecond, span: 8 },
    queries: promises.map(contributorsOf),
  })
