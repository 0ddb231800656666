import type { Review } from '@hourglass/grading/model'
import { useParams } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import { api, isApiError } from '../../lib/api'
import { formatDecimal, formatMarks } from '../../lib/format'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/student'
import { ButtonLink } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { Notice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { Time } from '../../parts/time'
import { createMyExams } from '../exams/my-exams'
import { QuestionReview } from './question-review'
import './review.css'
import { explainMissing } from './what-is-missing'

/** One attempt as the server shows it now, and in words what it does not show yet: `/results/:attemptId`. */
export default function ReviewPage() {
  const params = useParams<{ attemptId: string }>()
  const exams = createMyExams()
  const review = createLoader(
    () => params.attemptId,
    (attemptId, signal) => api.get<Review>(`/api/results/${encodeURIComponent(attemptId)}/review`, { signal }),
  )
  const missing = createMemo(() => {
    const shown = review.data()
    if (!shown || (exams.data() === undefined && exams.error() === null)) return null
    return explainMissing(
      shown,
      exams.data()?.find(({ examId }) => examId === shown.examId),
    )
  })
  const isAbsent = () => isApiError(review.error(), 'not-found')
  return (
    <Page
      title={review.data()?.examTitle ?? t('results.title')}
      width="text"
      lead={<Show when={review.data()}>{(shown) => <Lead of={shown()} />}</Show>}
      actions={
        <ButtonLink variant="quiet" icon="previous" href="/results">
          {t('review.all')}
        </ButtonLink>
      }
    >
      <Show when={!isAbsent()} fallback={<Empty title={t('review.absent')}>{t('review.absentText')}</Empty>}>
        <Loaded of={review} skeleton="text" lines={8}>
          {(shown) => (
            <>
              <Show when={missing()}>
                {(told) => (
                  <Notice meaning="attention" title={told().title}>
                    <p>{told().text}</p>
                  </Notice>
                )}
              </Show>
              <Total of={shown()} />
              <Show when={shown().questions.length > 0}>
                <section class="stack-wide" aria-label={t('review.questions')}>
                  <For each={shown().questions}>{(question) => <QuestionReview of={question} />}</For>
                </section>
              </Show>
            </>
          )}
        </Loaded>
      </Show>
    </Page>
  )
}

const Lead = (props: { of: Review }) => (
  <p>
    {t('exams.attempt', { number: props.of.number })}
    <Show when={props.of.sealedAt}>
      {(at) => (
        <>
          {' · '}
          {t('results.handedIn')} <Time at={at()} />
        </>
      )}
    </Show>
  </p>
)

const Total = (props: { of: Review }) => (
  <Show when={props.of.marks}>
    {(marks) => (
      <section class="review-total" aria-labelledby="total">
        <h2 id="total">{t('review.total')}</h2>
        <p class="figures">
          {t('results.marks', { marks: formatMarks(marks()), max: formatMarks(props.of.maxMarks ?? '0') })}
          <Show when={props.of.percent}>
            {(percent) => (
              <span class="soft">
                {' '}
                {t('results.percent', { percent: formatDecimal(percent(), { maximumFractionDigits: 1 }) })}
              </span>
            )}
          </Show>
        </p>
      </section>
    )}
  </Show>
)
