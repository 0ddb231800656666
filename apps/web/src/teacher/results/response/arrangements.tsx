import type { QuestionView, RightAnswer } from '@hourglass/grading/model'
import { For, Show } from 'solid-js'
import { t } from '../../../messages/teaching'
import '../../../parts/table.css'
import { Html } from '../../../parts/html'
import { htmlOf, type Option } from './option'

export function Pairs(props: {
  pairs: Record<string, string>
  question: QuestionView | null
  right: RightAnswer | null
}) {
  const prompts = () => props.question?.prompts ?? Object.keys(props.pairs).map((id) => ({ id, html: id }))
  const right = () => (props.right?.kind === 'pairs' ? props.right.pairs : null)
  return (
    <table class="table response-pairs">
      <caption class="hidden-text">{t('response.pairs')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('response.prompt')}</th>
          <th scope="col">{t('response.given')}</th>
          <Show when={right()}>
            <th scope="col">{t('response.right')}</th>
          </Show>
        </tr>
      </thead>
      <tbody>
        <For each={prompts()}>
          {(prompt) => (
            <tr>
              <th scope="row">
                <Html html={prompt.html} isInline />
              </th>
              <td>{htmlOf(props.question?.options, props.pairs[prompt.id])}</td>
              <Show when={right()}>{(pairs) => <td>{htmlOf(props.question?.options, pairs()[prompt.id])}</td>}</Show>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

export const Order = (props: { order: readonly string[]; items: readonly Option[] }) => (
  <ol class="response-order">
    <For each={props.order}>{(id) => <li>{htmlOf(props.items, id)}</li>}</For>
  </ol>
)

export const Gaps = (props: { gaps: Record<string, string>; question: QuestionView | null }) => (
  <ol class="response-order">
    <For each={props.question?.gaps ?? Object.keys(props.gaps).map((id) => ({ id, choices: undefined }))}>
      {(gap) => (
        <li>
          <Show when={props.gaps[gap.id]} fallback={<span class="soft">{t('response.none')}</span>}>
            {(text) => htmlOf(gap.choices, text())}
          </Show>
        </li>
      )}
    </For>
  </ol>
)
