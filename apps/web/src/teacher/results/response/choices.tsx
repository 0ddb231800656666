import type { RightAnswer } from '@hourglass/grading/model'
import type { Response } from '@hourglass/questions/response'
import { For, Show } from 'solid-js'
import { t } from '../../../messages/teaching'
import { Html } from '../../../parts/html'
import { Icon } from '../../../parts/icon'
import { Tag } from '../../../parts/tag'
import type { Option } from './option'

export const chosenIn = (response: Response | null): readonly string[] =>
  response?.type === 'single-choice'
    ? response.choice === null
      ? []
      : [response.choice]
    : response?.type === 'multiple-choice'
      ? response.choices
      : []

export const rightIn = (right: RightAnswer | null | undefined): readonly string[] | null =>
  right?.kind === 'choices' ? right.choiceIds : null

/** Every option, marked in words as chosen and as right. */
export function Choices(props: {
  choices: readonly Option[]
  chosen: readonly string[]
  right: readonly string[] | null
}) {
  return (
    <ul class="response-choices">
      <For each={props.choices}>
        {(choice) => {
          const isChosen = () => props.chosen.includes(choice.id)
          const isRight = () => props.right?.includes(choice.id) ?? false
          return (
            <li classList={{ 'response-chosen': isChosen() }}>
              <span class="response-mark">
                <Show when={isChosen()}>
                  <Icon name="check" />
                </Show>
              </span>
              <Html html={choice.html} isInline />
              <span class="row response-tags">
                <Show when={isChosen()}>
                  <Tag meaning={isRight() ? 'stored' : 'neutral'}>{t('response.chosen')}</Tag>
                </Show>
                <Show when={isRight()}>
                  <Tag meaning="stored" icon="check">
                    {t('response.right')}
                  </Tag>
                </Show>
              </span>
            </li>
          )
        }}
      </For>
    </ul>
  )
}
