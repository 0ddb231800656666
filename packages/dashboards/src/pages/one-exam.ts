import { CountsPerSecond, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { logGraph, logLines } from '../parts/log-lines'
import type { Page } from '../parts/page'

/** Lines carry the exam as a field: Loki reads it out of them when it is asked, so that no label grows without a bound. */
const saveOfExam =
  '{service="gateway"} |= `"save"` | json examId="examId", action="action", status="status", ms="ms", route="route" | action = `save` | examId = `$exam`'
const toldOfExam =
  '{service=~"exams|grading"} |= `"told"` | json examId="examId", event="event" | examId = `$exam` | event != ""'

/** A row about the exam of the variable `exam`. */
export const oneExam = (): Page['rows'][number] => ({
  title: 'One exam, by its id above',
  panels: [
    logGraph({
      title: 'Its saves by how they were answered',
      meaning:
        'By status: 200 stored, 409 after the end or paused, 5xx ours. Nothing while students sit: call somebody.',
      ...{ unit: CountsPerSecond, isStacked: true },
      queries: [{ expr: `sum by (status) (rate(${saveOfExam} [$__auto]))`, legend: '{{status}}' }],
    }),
    logGraph({
      title: 'Its saves took (quantile $quantile)',
      meaning:
        'From the first byte at the door to the answer. Higher than for all exams together: a large paper, or its class’s rules.',
      unit: Seconds,
      queries: [
        {
          expr: `quantile_over_time($quantile, ${saveOfExam} | status = \`200\` | unwrap ms | __error__="" [$__auto]) by (route) / 1000`,
          legend: 'saves',
        },
      ],
    }),
    logGraph({
      title: 'Its attempts, begun and ended',
      meaning: '`attempt.started`, `attempt.sealed` and what followed. As many sealed as started, and it is over.',
      ...{ unit: Short, isStacked: true },
      queries: [{ expr: `sum by (event) (count_over_time(${toldOfExam} [$__auto]))`, legend: '{{event}}' }],
    }),
    logLines({
      title: 'Its refusals and late answers',
      meaning: 'Lines whose outcome is not the plain one. Each names its attempt: ask for that on the page Logs.',
      expr: `{service="gateway"} | json examId="examId", outcome="outcome" | examId = \`$exam\` | outcome != ""`,
    }),
  ],
})
