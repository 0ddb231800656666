import { A } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import { t } from '../../../messages/teaching'
import type { AttemptLine, StudentTimes } from '../exam-types'
import { useExam } from '../frame'
import { examPath } from '../paths'

/** How many write, pause and have ended; who has not come; and whether answers came too late. */
export function Summary(props: { attempts: readonly AttemptLine[]; students: readonly StudentTimes[] }) {
  const { exam } = useExam()
  const count = (of: (line: AttemptLine) => boolean) => props.attempts.filter(of).length
  const late = () => props.attempts.reduce((sum, { lateCount }) => sum + lateCount, 0)
  const absent = createMemo(() => {
    const started = new Set(props.attempts.map(({ personId }) => personId))
    return props.students.filter(({ personId }) => !started.has(personId))
  })
  return (
    <>
      <dl class="figure-list">
        <div>
          <dt>{t('live.writing')}</dt>
          <dd>{count(({ state, pausedAt, isOverdue }) => state === 'open' && pausedAt === null && !isOverdue)}</dd>
        </div>
        <div>
          <dt>{t('live.paused')}</dt>
          <dd>{count(({ state, pausedAt }) => state === 'open' && pausedAt !== null)}</dd>
        </div>
        <div>
          <dt>{t('live.ended')}</dt>
          <dd>{count(({ state }) => state !== 'open')}</dd>
        </div>
        <div>
          <dt>{t('live.absent')}</dt>
          <dd>{absent().length}</dd>
        </div>
      </dl>
      <Show when={late() > 0}>
        <p>
          <A href={examPath(exam().examId, 'late')}>{t('overview.late', { count: late() })}</A>
        </p>
      </Show>
      <Show when={absent().length > 0 && absent().length <= 300}>
        <details>
          <summary class="live-summary">{t('live.absentWho', { count: absent().length })}</summary>
          <ul class="live-absent">
            <For each={absent()}>{({ name }) => <li>{name}</li>}</For>
          </ul>
        </details>
      </Show>
    </>
  )
}
