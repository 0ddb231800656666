import type { Change, QuestionDifference, VersionDifference } from '@hourglass/quizzes/model'
import { For, Show } from 'solid-js'
import { formatDateTime } from '../../../lib/format'
import { t } from '../../../messages/quizzes'
import { Tag } from '../../../parts/tag'
import './difference.css'
import { changeName, changeValue, standingWords } from './difference-words'

const meanings = { added: 'stored', removed: 'error', moved: 'kept', changed: 'attention' } as const

/** What changed from one version to another, in words: the quiz first, then question by question. */
export function Difference(props: { of: VersionDifference }) {
  const isSame = () => props.of.quiz.length === 0 && props.of.questions.length === 0
  return (
    <div class="stack">
      <p class="soft">
        <Show when={props.of.before} fallback={t('compare.first')}>
          {(before) =>
            t('compare.between', {
              before: before().number,
              after: props.of.after.number,
              at: formatDateTime(before().publishedAt),
            })
          }
        </Show>
      </p>
      <Show when={isSame()}>
        <p>{t('compare.same')}</p>
      </Show>
      <Show when={props.of.quiz.length > 0}>
        <h3 class="form-heading">{t('compare.quiz')}</h3>
        <Changes changes={props.of.quiz} />
      </Show>
      <Show when={props.of.questions.length > 0}>
        <h3 class="form-heading">{t('compare.questions')}</h3>
        <ul class="plain-list difference-list">
          <For each={props.of.questions}>{(difference) => <QuestionChange of={difference} />}</For>
        </ul>
      </Show>
    </div>
  )
}

const QuestionChange = (props: { of: QuestionDifference }) => (
  <li class="stack-tight">
    <div class="row">
      <Tag meaning={meanings[props.of.kind]}>{t(`compare.kind.${props.of.kind}`)}</Tag>
      <strong dir="auto">{props.of.title}</strong>
      <span class="soft small">{standingWords(props.of.at)}</span>
    </div>
    <Show
      when={props.of.from}
      fallback={
        <Show when={props.of.changes.length > 0}>
          <Changes changes={props.of.changes} />
        </Show>
      }
    >
      {(from) => <p class="soft">{t('compare.movedFrom', { place: standingWords(from()) })}</p>}
    </Show>
  </li>
)

/** What was is marked as deleted and what is as inserted, in HTML's own words. */
const Changes = (props: { changes: readonly Change[] }) => (
  <dl class="change-list">
    <For each={props.changes}>
      {(change) => (
        <div>
          <dt>{changeName(change)}</dt>
          <dd>
            <Show when={change.before}>{(before) => <del dir="auto">{changeValue(change, before())}</del>}</Show>
            <Show when={change.after}>{(after) => <ins dir="auto">{changeValue(change, after())}</ins>}</Show>
          </dd>
        </div>
      )}
    </For>
  </dl>
)
