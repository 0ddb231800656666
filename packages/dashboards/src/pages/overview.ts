import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { figure } from '../parts/figure'
import { graph } from '../parts/graph'
import { note } from '../parts/note'
import { createPage } from '../parts/page'
import { leftOf, leftOfPromise, type Promised, promised, stateOfAll } from '../parts/promises'

export const overview = () =>
  createPage({
    uid: 'overview',
    title: 'Overview',
    description: 'Whether Hourglass keeps its word, for whoever does not run it: few figures, in plain words.',
    ...{ lookBack: '30d', refresh: '5m', hasExams: true },
    rows: [
      {
        title: 'Do we keep our word?',
        panels: [
          note(
            'In words',
            [
              'We promise how often Hourglass may fail within 30 days; that much failure is a budget. While something of it is left, the promise is kept.',
              'When much of it is gone, new versions wait and repairs come first. A young installation knows less than 30 days: see “Known of the 30 days”.',
            ].join(' '),
            3,
          ),
          figure({
            title: 'Promises that are kept',
            meaning: 'Of which something is left of the budget.',
            ...{ unit: Short, span: 6, goodFrom: promised().length },
            queries: [{ expr: `count(${leftOf()} > 0)`, legend: 'kept' }],
          }),
          figure({
            title: 'Promises in danger now',
            meaning: 'Somebody has been told of them and is at work, or will be in the next days.',
            ...{ unit: Short, span: 6, badFrom: 1 },
            queries: [{ expr: `count(${stateOfAll()} > 0) or vector(0)`, legend: 'in danger' }],
          }),
          figure({
            title: 'Students who sit an exam now',
            meaning: 'While there are some, nothing is changed that could wait.',
            ...{ unit: Short, span: 6 },
            queries: [{ expr: 'max(exams_attempts_open)', legend: 'students' }],
          }),
          figure({
            title: 'Known of the 30 days',
            meaning: 'The time that the figures are of. What was before counts as good.',
            ...{ unit: Seconds, span: 6 },
            queries: [{ expr: 'max(slo:period_coverage:ratio) * 30 * 86400', legend: 'known' }],
          }),
        ],
      },
      { title: 'What people feel: left of the budget', panels: feltByPeople().map(leftPanel) },
      {
        title: 'In the course of time',
        panels: [
          graph({
            title: 'Left of the smallest budget',
            meaning: 'A step down is an incident. Green lines are new versions: is one just before the step?',
            ...{ unit: PercentUnit, span: 24, isSigned: true },
            queries: [{ expr: `min(${leftOf()})`, legend: 'left' }],
          }),
        ],
      },
    ],
  })

/** Those of single services are for who runs them. What is left is what passes the one door, and what exams are about. */
const feltByPeople = (): Promised[] =>
  promised().filter(({ service, name }) => service === 'gateway' || !name.startsWith('requests-'))

const leftPanel = ({ id, promise, words }: Promised) =>
  figure({
    title: promise,
    meaning: words.whoFeels,
    ...{ unit: PercentUnit, span: 8, goodFrom: 0.25 },
    queries: [{ expr: leftOfPromise(id), legend: 'left' }],
  })
