import { PercentUnit, Short } from '@grafana/grafana-foundation-sdk/units'
import { figure } from '../parts/figure'
import { graph } from '../parts/graph'
import { logGraph } from '../parts/log-lines'
import { createPage } from '../parts/page'

const perDay = (counter: string, selector = '') => `sum(increase(${counter}${selector}[1d]))`
const started = perDay('exams_attempts_started_total')
const ended = perDay('exams_attempts_ended_total')
const begun =
  '{service="exams"} |= `attempt.started` | json examId="examId", event="event" | event = `attempt.started` | examId != ""'

export const business = () =>
  createPage({
    uid: 'business',
    title: 'Business',
    description: 'What the school does with Hourglass: quizzes, exams, attempts, marks.',
    ...{ lookBack: '7d', refresh: '5m' },
    rows: [
      {
        title: 'The last day',
        panels: [
          figure({
            title: 'Quizzes published',
            meaning:
              'Versions that teachers published in a day. Many of one evening often mean corrections of one quiz.',
            unit: Short,
            queries: [{ expr: perDay('quizzes_published_total'), legend: 'published' }],
          }),
          figure({
            title: 'Exams scheduled',
            meaning: 'What comes: the more today, the fuller the days after.',
            unit: Short,
            queries: [{ expr: perDay('exams_scheduled_total'), legend: 'scheduled' }],
          }),
          figure({
            title: 'Attempts started',
            meaning: 'Students who sat down.',
            unit: Short,
            queries: [{ expr: started, legend: 'started' }],
          }),
          figure({
            title: 'Attempts finished',
            meaning: 'By submit, by the clock or by a teacher. Lags behind the started by the length of an exam.',
            unit: Short,
            queries: [{ expr: ended, legend: 'finished' }],
          }),
          figure({
            title: 'Completed by the student',
            meaning:
              'Share of finished attempts that were submitted. When it falls, an exam was too long, or submitting fails.',
            unit: PercentUnit,
            queries: [
              {
                expr: `${perDay('exams_attempts_ended_total', '{cause="submitted"}')} / (${ended} > 0)`,
                legend: 'submitted',
              },
            ],
          }),
          figure({
            title: 'Marks waiting',
            meaning: 'Answers that a person must mark. Students see no result before that.',
            unit: Short,
            queries: [{ expr: 'max(grading_marks_pending)', legend: 'waiting' }],
          }),
        ],
      },
      {
        title: 'Over time',
        panels: [
          graph({
            title: 'Exams by state',
            meaning: 'Open ones are running now: no deploys. `closed` counts the last day.',
            unit: Short,
            queries: [{ expr: 'max by (state) (exams_exams)', legend: '{{state}}' }],
          }),
          graph({
            title: 'Attempts a day',
            meaning: 'Each point is the day before it. The school’s timetable, and nothing else, should shape it.',
            unit: Short,
            queries: [
              { expr: started, legend: 'started' },
              { expr: ended, legend: 'finished' },
            ],
          }),
          graph({
            title: 'How attempts end, a day',
            meaning:
              'More by the deadline: time is short, or pages could not submit. By a teacher: something went wrong in the room.',
            ...{ unit: Short, isStacked: true },
            queries: [{ expr: 'sum by (cause) (increase(exams_attempts_ended_total[1d]))', legend: '{{cause}}' }],
          }),
          graph({
            title: 'Marks waiting over time',
            meaning: 'Jumps when an exam ends and falls as teachers mark. Flat for days: somebody has forgotten it.',
            unit: Short,
            queries: [{ expr: 'max(grading_marks_pending)', legend: 'answers' }],
          }),
          graph({
            title: 'Results a day',
            meaning:
              'Made, and released to students. Made and not released is a teacher’s decision that is still open.',
            unit: Short,
            queries: [
              { expr: perDay('grading_results_ready_total'), legend: 'made or changed' },
              { expr: perDay('grading_results_released_total'), legend: 'released' },
            ],
          }),
          graph({
            title: 'Sign-ins a day',
            meaning: 'By outcome. Many refusals with few successes is somebody who tries passwords.',
            ...{ unit: Short, isStacked: true },
            queries: [{ expr: 'sum by (outcome) (increase(students_sign_ins_total[1d]))', legend: '{{outcome}}' }],
          }),
        ],
      },
      {
        title: 'Most used quizzes',
        panels: [
          logGraph({
            title: 'Attempts a day, of the ten exams that are sat most',
            meaning:
              'An exam sits one version of one quiz; its id stands in the address of its page. Counted from the lines of the log: metrics carry no ids, since a label for each would grow without a bound.',
            ...{ unit: Short, isStacked: true },
            queries: [{ expr: `topk(10, sum by (examId) (count_over_time(${begun} [1d])))`, legend: '{{examId}}' }],
          }),
        ],
      },
    ],
  })
