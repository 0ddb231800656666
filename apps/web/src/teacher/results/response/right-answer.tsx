import type { QuestionView, RightAnswer } from '@hourglass/grading/model'
import { For, type JSX, Show } from 'solid-js'
import { t } from '../../../messages/teaching'
import { Tag } from '../../../parts/tag'
import { Order } from './arrangements'
import { htmlOf, type Option } from './option'

/** The right answer of the types that do not show it in place. */
export const RightWords = (props: { right: RightAnswer | null; question: QuestionView | null }) => (
  <Show when={['truth', 'texts', 'numbers', 'order', 'gaps'].includes(props.right?.kind ?? '')}>
    <div class="response-right">
      <Tag meaning="stored" icon="check">
        {t('response.rightAnswer')}
      </Tag>
      <div>
        <RightAnswerText right={props.right} question={props.question} />
      </div>
    </div>
  </Show>
)

/** What is right, for any type; nothing for an essay. */
export function RightAnswerText(props: { right: RightAnswer | null; question: QuestionView | null }) {
  const words = (): JSX.Element => {
    const { right, question } = props
    switch (right?.kind) {
      case 'truth':
        return t(right.value ? 'response.true' : 'response.false')
      case 'texts':
      case 'numbers':
        return <span dir="auto">{right.texts.join(' · ')}</span>
      case 'choices':
        return <Several ids={right.choiceIds} options={question?.choices} />
      case 'order':
        return <Order order={right.itemIds} items={question?.items ?? []} />
      case 'pairs':
        return (
          <ul class="response-order">
            <For each={Object.entries(right.pairs)}>
              {([promptId, optionId]) => (
                <li>
                  {htmlOf(question?.prompts, promptId)} – {htmlOf(question?.options, optionId)}
                </li>
              )}
            </For>
          </ul>
        )
      case 'gaps':
        return (
          <ol class="response-order">
            <For each={Object.entries(right.gaps)}>
              {([gapId, answers]) => (
                <li>
                  <Several ids={answers} options={question?.gaps?.find(({ id }) => id === gapId)?.choices} />
                </li>
              )}
            </For>
          </ol>
        )
      default:
        return null
    }
  }
  return <>{words()}</>
}

/** One stands in line, several stand one below the other: an option may be a formula or a picture. */
const Several = (props: { ids: readonly string[]; options: readonly Option[] | undefined }) => (
  <Show when={props.ids.length > 1 && props.options} fallback={<Inline {...props} />}>
    <ul class="response-order">
      <For each={props.ids}>{(id) => <li>{htmlOf(props.options, id)}</li>}</For>
    </ul>
  </Show>
)

const Inline = (props: { ids: readonly string[]; options: readonly Option[] | undefined }) => (
  <For each={props.ids}>
    {(id, index) => (
      <>
        {index() > 0 ? ' · ' : ''}
        {htmlOf(props.options, id)}
      </>
    )}
  </For>
)
