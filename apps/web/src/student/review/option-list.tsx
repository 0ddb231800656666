import { For, Show } from 'solid-js'
import { t } from '../../messages/student'
import { Html } from '../../parts/html'
import { Icon } from '../../parts/icon'
import { Tag } from '../../parts/tag'

/** Every option with what was chosen and what is right, in words. `null`: it may not be seen. */
export function OptionList(props: {
  options: readonly { id: string; html: string }[]
  chosen: readonly string[] | null
  right: readonly string[] | null
  isSingle: boolean
}) {
  return (
    <ul class="review-options">
      <For each={props.options}>
        {(option) => {
          const isChosen = () => props.chosen?.includes(option.id) ?? false
          const isRight = () => props.right?.includes(option.id) ?? false
          return (
            <li class="review-option" classList={{ 'review-option-chosen': isChosen() }}>
              <span class="review-mark" classList={{ 'review-mark-round': props.isSingle }} aria-hidden="true">
                <Show when={isChosen()}>
                  <Icon name="check" />
                </Show>
              </span>
              <Html html={option.html} isInline class="review-option-text" />
              <Show when={isChosen() || isRight()}>
                <span class="review-option-tags">
                  <Show when={isChosen()}>
                    <Tag meaning="accent">{t('review.yourAnswer')}</Tag>
                  </Show>
                  <Show when={isRight()}>
                    <Tag meaning="stored" icon="check">
                      {t('review.rightAnswer')}
                    </Tag>
                  </Show>
                </span>
              </Show>
            </li>
          )
        }}
      </For>
    </ul>
  )
}
