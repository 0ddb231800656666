import type { PaperGap } from '@hourglass/questions/paper'
import { createEffect, For, onCleanup, Show } from 'solid-js'
import { render } from 'solid-js/web'
import { t } from '../../../messages/room'
import { showHtml } from '../../../parts/html'
import type { QuestionProps } from './question-props'
import { textOf } from './text-of'

/** The stem with a control in each of its gaps. The stem is the question's text, so it is not shown a second time above. */
export function GapFill(props: QuestionProps<'gap-fill'>) {
  let stem: HTMLDivElement | undefined
  const change = (gapId: string, text: string, isSettled: boolean) => {
    const gaps = { ...props.response?.gaps, [gapId]: text }
    props.onAnswer({ ...props.response, type: 'gap-fill', gaps }, isSettled)
  }
  createEffect(() => {
    if (!stem) return
    showHtml(stem, props.question.html)
    for (const [index, gap] of props.question.gaps.entries()) {
      const place = [...stem.querySelectorAll('[data-gap]')].find((each) => each.getAttribute('data-gap') === gap.id)
      if (!place) continue
      const dispose = render(
        () => (
          <Gap
            gap={gap}
            number={index + 1}
            text={props.response?.gaps[gap.id] ?? ''}
            isDisabled={props.isDisabled}
            onChange={(text, isSettled) => change(gap.id, text, isSettled)}
          />
        ),
        place,
      )
      onCleanup(dispose)
    }
  })
  return <div ref={stem} id={props.stemId} class="html gap-stem" dir="auto" />
}

function Gap(props: {
  gap: PaperGap
  number: number
  text: string
  isDisabled: boolean
  onChange: (text: string, isSettled: boolean) => void
}) {
  const label = () => t('gap', { number: props.number })
  return (
    <Show
      when={props.gap.kind === 'choice' ? props.gap : null}
      fallback={
        <input
          class="input input-gap"
          type="text"
          aria-label={label()}
          autocomplete="off"
          spellcheck={false}
          inputMode={props.gap.kind === 'numeric' ? 'decimal' : 'text'}
          maxLength={2_000}
          disabled={props.isDisabled}
          value={props.text}
          onInput={(event) => props.onChange(event.currentTarget.value, false)}
        />
      }
    >
      {(gap) => (
        <select
          class="input input-gap"
          aria-label={label()}
          disabled={props.isDisabled}
          onChange={(event) => props.onChange(event.currentTarget.value, true)}
        >
          <option value="">{t('gap.choose')}</option>
          <For each={gap().choices}>
            {(choice) => (
              <option value={choice.id} selected={props.text === choice.id}>
                {textOf(choice.html)}
              </option>
            )}
          </For>
        </select>
      )}
    </Show>
  )
}
