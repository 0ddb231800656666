import { createSignal, createUniqueId, For } from 'solid-js'
import { t } from '../../../messages/room'
import { Html } from '../../../parts/html'
import { Icon } from '../../../parts/icon'
import './arrangements.css'
import { boxAt, carry } from './carry'
import type { QuestionProps } from './question-props'
import { textOf } from './text-of'

/** A menu for each prompt, for mouse, keyboard, touch and screen reader alike; the options can be dragged to the prompts as well. */
export function Matching(props: QuestionProps<'matching'>) {
  const id = createUniqueId()
  const [told, setTold] = createSignal('')
  const [target, setTarget] = createSignal(-1)
  let rows: HTMLUListElement | undefined
  const choose = (promptId: string, optionId: string) => {
    const { [promptId]: _, ...others } = props.response?.pairs ?? {}
    const pairs = optionId ? { ...others, [promptId]: optionId } : others
    props.onAnswer({ ...props.response, type: 'matching', pairs }, true)
  }
  const take = (event: PointerEvent & { currentTarget: HTMLElement }, option: { id: string; html: string }) => {
    if (props.isDisabled) return
    carry(event, {
      onOver: (x, y) => setTarget(boxAt([...(rows?.children ?? [])], x, y)),
      onEnd: (isDropped) => {
        const prompt = props.question.prompts[target()]
        setTarget(-1)
        if (!isDropped || !prompt || props.isDisabled) return
        choose(prompt.id, option.id)
        setTold(t('matching.matched', { option: textOf(option.html), prompt: textOf(prompt.html) }))
      },
    })
  }
  const isUsed = (optionId: string) => Object.values(props.response?.pairs ?? {}).includes(optionId)
  return (
    <>
      <p class="options-hint">{t('matching.hint')}</p>
      <ul class="matching" ref={rows}>
        <For each={props.question.prompts}>
          {(prompt, index) => (
            <li class="matching-row" classList={{ 'drop-here': target() === index() }}>
              <label for={`${id}-${prompt.id}`} class="matching-prompt">
                <Html html={prompt.html} isInline />
              </label>
              <select
                id={`${id}-${prompt.id}`}
                class="input"
                disabled={props.isDisabled}
                onChange={(event) => choose(prompt.id, event.currentTarget.value)}
              >
                <option value="">{t('matching.choose')}</option>
                <For each={props.question.options}>
                  {(option) => (
                    <option value={option.id} selected={props.response?.pairs[prompt.id] === option.id}>
                      {textOf(option.html)}
                    </option>
                  )}
                </For>
              </select>
            </li>
          )}
        </For>
      </ul>
      <ul class="matching-options" aria-label={t('matching.options')}>
        <For each={props.question.options}>
          {(option) => (
            <li
              class="matching-option"
              classList={{ 'matching-used': isUsed(option.id) }}
              onPointerDown={(event) => take(event, option)}
            >
              <span class="grip" data-grip>
                <Icon name={isUsed(option.id) ? 'check' : 'drag'} />
              </span>
              <Html html={option.html} isInline />
            </li>
          )}
        </For>
      </ul>
      <p class="hidden-text" role="status">
        {told()}
      </p>
    </>
  )
}
