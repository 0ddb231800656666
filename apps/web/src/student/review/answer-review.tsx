import type { QuestionView, ReviewQuestion } from '@hourglass/grading/model'
import { type JSX, Match, Show, Switch } from 'solid-js'
import { t } from '../../messages/student'
import { Html } from '../../parts/html'
import { CompareTable, type Comparison } from './compare-table'
import { OptionList } from './option-list'

type Option = { id: string; html: string }

/** What was answered beside what is right, in the form that the question has. What may not be seen is absent. */
export function AnswerReview(props: { of: ReviewQuestion }) {
  const view = () => props.of.view
  return (
    <Show when={props.of.response !== undefined || props.of.rightAnswer !== undefined}>
      <div class="review-block">
        <Show when={props.of.response === null}>
          <p class="soft">{t('review.noAnswer')}</p>
        </Show>
        <Switch fallback={<Texts of={props.of} />}>
          <Match when={optionsOf(view())}>
            {(options) => (
              <OptionList
                options={options()}
                chosen={chosenIn(props.of)}
                right={rightOptions(props.of)}
                isSingle={props.of.type !== 'multiple-choice'}
              />
            )}
          </Match>
          <Match when={comparisonOf(props.of)}>
            {(comparison) => <CompareTable {...comparison()} hasRight={Boolean(props.of.rightAnswer)} />}
          </Match>
        </Switch>
        <Show when={certaintyOf(props.of)}>
          {(certainty) => <p class="soft">{t(`review.certainty.${certainty()}`)}</p>}
        </Show>
      </div>
    </Show>
  )
}

function certaintyOf({ response }: ReviewQuestion) {
  return response && 'certainty' in response ? response.certainty : undefined
}

function optionsOf(view: QuestionView | undefined): readonly Option[] | null {
  if (view?.type === 'true-false') {
    return [
      { id: 'true', html: t('review.true') },
      { id: 'false', html: t('review.false') },
    ]
  }
  return view?.choices ?? null
}

/** `null` when the answer may not be seen. */
function chosenIn({ response }: ReviewQuestion): readonly string[] | null {
  switch (response?.type) {
    case 'single-choice':
      return response.choice === null ? [] : [response.choice]
    case 'multiple-choice':
      return response.choices
    case 'true-false':
      return response.value === null ? [] : [String(response.value)]
    default:
      return response === undefined ? null : []
  }
}

function rightOptions({ rightAnswer }: ReviewQuestion): readonly string[] | null {
  if (rightAnswer?.kind === 'choices') return rightAnswer.choiceIds
  return rightAnswer?.kind === 'truth' ? [String(rightAnswer.value)] : null
}

/** The types that are answered in several places: one row for each. */
function comparisonOf({ view, response, rightAnswer }: ReviewQuestion): Comparison | null {
  const right = rightAnswer ?? undefined
  if (view?.prompts) {
    const pairs = response?.type === 'matching' ? response.pairs : {}
    const rightPairs = right?.kind === 'pairs' ? right.pairs : {}
    return {
      ...{ head: t('review.prompt'), hasGiven: response !== undefined && response !== null },
      rows: view.prompts.map(({ id, html }) => ({
        name: <Html html={html} isInline />,
        given: optionText(view.options, pairs[id]),
        right: optionText(view.options, rightPairs[id]),
        isSame: pairs[id] === rightPairs[id],
      })),
    }
  }
  if (view?.items) {
    const order = response?.type === 'ordering' ? response.order : []
    const rightOrder = right?.kind === 'order' ? right.itemIds : []
    return {
      ...{ head: t('review.place'), hasGiven: response !== undefined && response !== null },
      rows: view.items.map((_, index) => ({
        name: String(index + 1),
        given: optionText(view.items, order[index]),
        right: optionText(view.items, rightOrder[index]),
        isSame: order[index] === rightOrder[index],
      })),
    }
  }
  if (view?.gaps) {
    const given = response?.type === 'gap-fill' ? response.gaps : {}
    const rightGaps = right?.kind === 'gaps' ? right.gaps : {}
    return {
      ...{ head: t('review.gapHead'), hasGiven: response !== undefined && response !== null },
      rows: view.gaps.map((gap, index) => ({
        name: String(index + 1),
        given: optionText(gap.choices, given[gap.id]),
        right: (rightGaps[gap.id] ?? []).map((answer, place) => [
          place > 0 ? t('review.or') : '',
          gap.choices ? optionText(gap.choices, answer) : numberText(answer),
        ]),
        // The key may accept more than it lists (patterns, tolerances): only the marking knows.
        isSame: null,
      })),
    }
  }
  return null
}

function optionText(options: readonly Option[] | undefined, id: string | undefined): JSX.Element {
  if (id === undefined || id === '') return <span class="soft">{t('review.empty')}</span>
  const option = options?.find((one) => one.id === id)
  return option ? <Html html={option.html} isInline /> : <bdi>{id}</bdi>
}

const numberText = (text: string): string => (text === '*' ? t('review.anyNumber') : text)

/** Short answers, numbers and essays. */
function Texts(props: { of: ReviewQuestion }) {
  const given = () => textOf(props.of.response)
  const right = () => {
    const answer = props.of.rightAnswer
    return answer?.kind === 'texts' || answer?.kind === 'numbers' ? answer.texts.map(numberText) : null
  }
  return (
    <>
      <Show when={given() !== null}>
        <h3>{t('review.yourAnswer')}</h3>
        <Show when={given()} fallback={<p class="soft">{t('review.noAnswer')}</p>}>
          {(text) => (
            <p class="review-text" dir="auto">
              {text()}
            </p>
          )}
        </Show>
        <Show when={props.of.type === 'essay' && given()}>
          {(text) => <p class="soft small">{t('review.words', { count: text().trim().split(/\s+/).length })}</p>}
        </Show>
      </Show>
      <Show when={right()?.length ? right() : null}>
        {(texts) => (
          <>
            <h3>{t(texts().length > 1 ? 'review.rightAnswers' : 'review.rightAnswer')}</h3>
            <p class="review-text review-text-right" dir="auto">
              {texts().join(t('review.or'))}
            </p>
          </>
        )}
      </Show>
    </>
  )
}

/** `null` when there is no text to show: it may not be seen, or nothing was answered. */
function textOf(response: ReviewQuestion['response']): string | null {
  switch (response?.type) {
    case 'short-answer':
    case 'essay':
      return response.text
    case 'numeric':
      return [response.text, response.unit ?? ''].join(' ').trim()
    default:
      return null
  }
}
