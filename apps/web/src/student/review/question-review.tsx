import type { ReviewQuestion } from '@hourglass/grading/model'
import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { formatMarks } from '../../lib/format'
import { t } from '../../messages/student'
import { Html } from '../../parts/html'
import type { IconName } from '../../parts/icon'
import type { Meaning } from '../../parts/notice'
import { Tag } from '../../parts/tag'
import { AnswerReview } from './answer-review'
import { FilledGaps } from './filled-gaps'

type State = NonNullable<ReviewQuestion['state']>

const looks: Record<State, { meaning: Meaning | 'neutral'; icon: IconName }> = {
  correct: { meaning: 'stored', icon: 'check' },
  partial: { meaning: 'attention', icon: 'check' },
  wrong: { meaning: 'error', icon: 'close' },
  unanswered: { meaning: 'neutral', icon: 'empty' },
  'not-marked': { meaning: 'neutral', icon: 'info' },
}

/** One question: what was asked, answered, earned and said about it, as far as the server tells. */
export function QuestionReview(props: { of: ReviewQuestion }) {
  const id = createUniqueId()
  const isText = () => props.of.type === 'description'
  return (
    <article class="review-question" aria-labelledby={id}>
      <header class="row-apart">
        <h2 id={id} class="review-number">
          {props.of.number === null ? t('review.text') : t('review.question', { number: props.of.number })}
        </h2>
        <Show when={!isText()}>
          <div class="row">
            <Show when={props.of.state}>
              {(state) => (
                <Tag meaning={looks[state()].meaning} icon={looks[state()].icon}>
                  {t(`review.state.${state()}`)}
                </Tag>
              )}
            </Show>
            <Show when={props.of.marks !== undefined}>
              <span class="figures">{marksText(props.of)}</span>
            </Show>
          </div>
        </Show>
      </header>
      <Show when={props.of.view}>
        {(view) => (
          <Show when={view().gaps} fallback={<Html html={view().html} class="review-stem" />}>
            {(gaps) => <FilledGaps html={view().html} gaps={gaps()} response={props.of.response} />}
          </Show>
        )}
      </Show>
      <For each={props.of.corrections}>
        {({ mode, reason }) => (
          <Block title={t(`review.corrected.${mode}`)}>
            <p dir="auto">{reason}</p>
          </Block>
        )}
      </For>
      <Show when={!isText()}>
        <AnswerReview of={props.of} />
      </Show>
      <Said title={t('review.feedback')} parts={props.of.feedbackHtml ?? []} />
      <Said title={t('review.explanation')} parts={props.of.explanationHtml ? [props.of.explanationHtml] : []} />
      <Show when={props.of.comment}>
        {(comment) => (
          <Block title={t('review.comment')}>
            <p class="review-lines" dir="auto">
              {comment()}
            </p>
          </Block>
        )}
      </Show>
    </article>
  )
}

const marksText = ({ marks, maxMarks }: ReviewQuestion): string =>
  marks === null || marks === undefined
    ? t('review.noMarks', { max: formatMarks(maxMarks) })
    : t('results.marks', { marks: formatMarks(marks), max: formatMarks(maxMarks) })

const Said = (props: { title: string; parts: readonly string[] }) => (
  <Show when={props.parts.some((part) => part !== '')}>
    <Block title={props.title}>
      <For each={props.parts.filter((part) => part !== '')}>{(part) => <Html html={part} />}</For>
    </Block>
  </Show>
)

const Block = (props: { title: string; children: JSX.Element }) => (
  <div class="review-block">
    <h3>{props.title}</h3>
    {props.children}
  </div>
)
