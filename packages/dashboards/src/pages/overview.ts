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
              'Nothing works always, so we promise how much may fail within 30 days: that is the budget of a promise. At 100 % nothing has failed,',
              'at 0 % as much as we allow ourselves, and below that we have broken our word. Where little is left, repairs come before anything new.',
              'A young installation has figures of less than 30 days; what was before counts as good.',
            ].join(' '),
            3,
          ),
          figure({
            title: `Promises that we keep, of ${promised().length}`,
            meaning: 'Those of which something is left of the budget.',
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
            title: 'Students in an exam now',
            meaning: 'While there are some, nothing is changed that could wait.',
            ...{ unit: Short, span: 6 },
            queries: [{ expr: 'max(exams_attempts_open)', legend: 'students' }],
          }),
          figure({
            title: 'Time that we have figures of',
            meaning: 'Of the last 30 days, which are 4.29 weeks. It grows until then and stays.',
            ...{ unit: Seconds, span: 6 },
            queries: [{ expr: 'max(slo:period_coverage:ratio) * 30 * 86400', legend: 'known' }],
          }),
        ],
      },
      { title: 'What people feel: how much of each budget is left', panels: feltByPeople().map(leftPanel) },
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

/** A promise in so few words that they fit above its figure; the whole of it is in the panel's description. */
const shortTitles: Readonly<Record<string, string>> = {
  'gateway-requests-availability': 'Pages work',
  'gateway-requests-latency': 'Pages are quick',
  'students-sign-ins': 'Signing in works',
  'exams-saves': 'Answers are stored at once',
  'exams-seals': 'Exams end on time',
  'grading-marks': 'Marks are there within a minute',
  'notifier-results-told': 'Results are mailed in 5 minutes',
}

const leftPanel = ({ id, promise, objective, words }: Promised) =>
  figure({
    title: shortTitles[id] ?? promise,
    meaning: `${promise} We promise it for ${objective} %. ${words.whoFeels}`,
    ...{ unit: PercentUnit, span: 6, goodFrom: 0.25 },
    queries: [{ expr: leftOfPromise(id), legend: 'left' }],
  })
