import { CountsPerSecond, PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { figure } from '../parts/figure'
import { graph } from '../parts/graph'
import { note } from '../parts/note'
import { createPage } from '../parts/page'
import { quantileOf, rateOf, usualQuantiles } from '../parts/query'
import { exam, quantile } from '../parts/variables'
import { oneExam } from './one-exam'

const offline = 'clamp_min(max(exams_attempts_open) - sum(gateway_streams_open), 0)'

export const examRoom = () =>
  createPage({
    uid: 'exam-room',
    title: 'Exam room live',
    description: 'While an exam runs: are answers stored, are attempts sealed on time, is somebody cut off?',
    ...{ lookBack: '30m', refresh: '5s', variables: [quantile(), exam()] },
    rows: [
      {
        title: 'Now',
        panels: [
          note(
            'How to read it',
            'All exams that are open, together: metrics carry no ids. One exam alone is in the last row, out of the lines of the log. One student’s story is on the page Logs, by the id of a request or a trace.',
            3,
          ),
          figure({
            title: 'Exams open',
            meaning: 'More than one, and everything below is their sum.',
            unit: Short,
            queries: [{ expr: 'max(exams_exams{state="open"})', legend: 'open' }],
          }),
          figure({
            title: 'Students who sit',
            meaning: 'Attempts that are open. Falls at the end, all at once at a common deadline.',
            unit: Short,
            queries: [{ expr: 'max(exams_attempts_open)', legend: 'attempts' }],
          }),
          figure({
            title: 'Offline, at the least',
            meaning:
              'Open attempts without a live stream. Teachers’ boards are streams too, so it may be some more. Their answers are kept on their devices.',
            unit: Short,
            queries: [{ expr: offline, legend: 'offline' }],
          }),
          figure({
            title: 'Saves a second',
            meaning: 'Nothing while students sit: they do not reach us. Call somebody.',
            unit: CountsPerSecond,
            queries: [{ expr: rateOf('exams_saves_total', [], 'outcome="stored"'), legend: 'stored' }],
          }),
          figure({
            title: 'A save is durable within',
            meaning: '99 of 100 saves. Above 1 s students see “saving” and begin to worry.',
            ...{ unit: Seconds, badFrom: 1 },
            queries: [{ expr: quantileOf('0.99', 'exams_save_stored_seconds'), legend: 'p99' }],
          }),
          figure({
            title: 'Refused by a fault of ours',
            meaning: 'Answers in the last five minutes. The devices keep them and try again; not one is normal.',
            ...{ unit: Short, badFrom: 1 },
            queries: [
              {
                expr: 'sum(increase(exams_answers_rejected_total{reason="failed"}[5m])) or vector(0)',
                legend: 'answers',
              },
            ],
          }),
        ],
      },
      {
        title: 'Answers',
        panels: [
          graph({
            title: 'Saves by how they ended',
            meaning:
              '`stored` is the normal. `stale` is a second tab; `reused` a repetition after a lost answer; `late` and `too-late` the end.',
            ...{ unit: CountsPerSecond, isStacked: true },
            queries: [{ expr: rateOf('exams_saves_total', ['outcome']), legend: '{{outcome}}' }],
          }),
          graph({
            title: 'From save to stored',
            meaning:
              'p50 up: the database is slow. Only p99 up: a few waited, often for a start or a vacuum. The dots are traces.',
            unit: Seconds,
            queries: usualQuantiles('exams_save_stored_seconds'),
          }),
          graph({
            title: 'Answers rejected',
            meaning:
              'By reason, each with its sentence on the student’s page. `failed` is ours; the others belong to an exam.',
            unit: CountsPerSecond,
            queries: [{ expr: rateOf('exams_answers_rejected_total', ['reason']), legend: '{{reason}}' }],
          }),
          graph({
            title: 'Saves in one commit (quantile $quantile)',
            meaning:
              'Grows with the load, which is what keeps saves fast. At its bound with saves waiting, the room is full.',
            unit: Short,
            queries: [{ expr: quantileOf('$quantile', 'group_commit_batch_size', '', ['batch']), legend: '{{batch}}' }],
          }),
          graph({
            title: 'Seconds of a commit (quantile $quantile)',
            meaning: 'What the disk of the database takes. Every save waits for it once.',
            unit: Seconds,
            queries: [
              { expr: quantileOf('$quantile', 'group_commit_duration_seconds', '', ['batch']), legend: '{{batch}}' },
            ],
          }),
          graph({
            title: 'Answers that wait for the next commit',
            meaning: 'Falls back to zero between commits. A line that stays is a database that does not keep up.',
            unit: Short,
            queries: [{ expr: 'sum by (instance) (exams_saves_waiting)', legend: '{{instance}}' }],
          }),
        ],
      },
      {
        title: 'The end',
        panels: [
          graph({
            title: 'Seal delay',
            meaning:
              'From when an attempt’s time was over until it was sealed. Late seals cost students nothing, but results wait. Above 5 s look at the jobs.',
            unit: Seconds,
            queries: usualQuantiles('exams_seal_delay_seconds'),
          }),
          graph({
            title: 'Late arrivals',
            meaning:
              'Answers after the end. `taken` were sent in time and travelled long; `kept` is evidence for the teacher. Many: a network of the school was away.',
            unit: CountsPerSecond,
            queries: [{ expr: rateOf('exams_late_arrivals_total', ['fate']), legend: '{{fate}}' }],
          }),
          graph({
            title: 'How attempts end',
            meaning: 'All by `deadline` and none `submitted`: submitting fails, or the exam was far too long.',
            ...{ unit: CountsPerSecond, isStacked: true },
            queries: [{ expr: rateOf('exams_attempts_ended_total', ['cause']), legend: '{{cause}}' }],
          }),
        ],
      },
      {
        title: 'Students and their connections',
        panels: [
          graph({
            title: 'Who sits, who listens',
            meaning:
              'Two lines side by side. When streams fall and attempts do not, students lost their network: their time goes on, their answers wait on their devices.',
            unit: Short,
            queries: [
              { expr: 'max(exams_attempts_open)', legend: 'attempts open' },
              { expr: 'sum(gateway_streams_open)', legend: 'streams open' },
              { expr: offline, legend: 'offline, at the least' },
            ],
          }),
          graph({
            title: 'Attempts started and ended',
            meaning: 'Starts come in the first minutes. Starts much later are students who could not come in.',
            unit: CountsPerSecond,
            queries: [
              { expr: rateOf('exams_attempts_started_total'), legend: 'started' },
              { expr: rateOf('exams_attempts_ended_total'), legend: 'ended' },
            ],
          }),
          graph({
            title: 'Requests of the exam room that failed',
            meaning: 'Share of the answers on attempts, as the gateway gave them. Students see “kept here” meanwhile.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [
              {
                expr: `(${rateOf('http_requests_total', [], 'service="gateway", route="/api/attempts", status=~"5.."')} or vector(0)) / (${rateOf('http_requests_total', [], 'service="gateway", route="/api/attempts"')} > 0)`,
                legend: 'failed',
              },
            ],
          }),
        ],
      },
      oneExam(),
    ],
  })
