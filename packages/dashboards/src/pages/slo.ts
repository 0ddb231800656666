import { PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units'
import { graph } from '../parts/graph'
import { note } from '../parts/note'
import { createPage } from '../parts/page'
import { quantileOf, rateOf } from '../parts/query'

const stored = rateOf('exams_saves_total', [], 'outcome="stored"')
const failed = `(${rateOf('exams_answers_rejected_total', [], 'reason="failed"')} or vector(0))`

export const slo = () =>
  createPage({
    uid: 'slo',
    title: 'SLO',
    description:
      'What is promised, and how much of the error budget is left. A skeleton: no promise is written down yet.',
    ...{ lookBack: '7d', refresh: '1m' },
    rows: [
      {
        title: 'Not filled yet',
        panels: [
          note(
            'A skeleton',
            'Objectives, error budgets and burn rates are not defined yet, so none are drawn. Below are the indicators they will be made of, as they are measured today, without a target.',
          ),
        ],
      },
      {
        title: 'Indicators',
        panels: [
          graph({
            title: 'Saves that were taken',
            meaning:
              'Of those that could be: without the refusals that belong to an exam. Below 100 % a fault of ours kept students waiting.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [{ expr: `${stored} / (${stored} + ${failed} > 0)`, legend: 'taken' }],
          }),
          graph({
            title: 'A save is durable within',
            meaning: '99 of 100 saves.',
            unit: Seconds,
            queries: [{ expr: quantileOf('0.99', 'exams_save_stored_seconds'), legend: 'p99' }],
          }),
          graph({
            title: 'A seal is late by',
            meaning: '99 of 100 attempts that the server ended.',
            unit: Seconds,
            queries: [{ expr: quantileOf('0.99', 'exams_seal_delay_seconds'), legend: 'p99' }],
          }),
        ],
      },
    ],
  })
