import type { KeyGap, KeyQuestion } from '@hourglass/questions/key'
import type { PaperGap, PaperQuestion } from '@hourglass/questions/paper'
import { For, Match, Show, Switch } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Html } from '../../../parts/html'
import { Choices, htmlOf, Numbers, type Option, Row, Rows, Texts } from './key-rows'
import './key-view.css'

/** How a question is marked and what its review tells: the right answers, their weights, feedback, explanation. */
export function KeyView(props: { paper: PaperQuestion; answer: KeyQuestion }) {
  const key = <Type extends KeyQuestion['type']>(...types: Type[]) =>
    types.some((type) => type === props.answer.type) ? (props.answer as Extract<KeyQuestion, { type: Type }>) : null // by `type`
  const options = (): readonly Option[] => ('choices' in props.paper ? props.paper.choices : [])
  return (
    <div class="stack key-view">
      <Html html={props.paper.html} />
      <Switch>
        <Match when={key('single-choice', 'multiple-choice')}>
          {(choice) => <Choices options={options()} weighed={choice().choices} />}
        </Match>
        <Match when={key('true-false')}>
          {(truth) => (
            <Rows>
              <Row
                isRight={truth().answer}
                weight={truth().answer ? '100' : '0'}
                feedbackHtml={truth().feedbackTrueHtml}
              >
                {t('truth.true')}
              </Row>
              <Row
                isRight={!truth().answer}
                weight={truth().answer ? '0' : '100'}
                feedbackHtml={truth().feedbackFalseHtml}
              >
                {t('truth.false')}
              </Row>
            </Rows>
          )}
        </Match>
        <Match when={key('short-answer')}>{(words) => <Texts of={words()} />}</Match>
        <Match when={key('numeric')}>{(number) => <Numbers of={number()} />}</Match>
        <Match when={key('matching')}>{(matching) => <Pairs pairs={matching().pairs} paper={props.paper} />}</Match>
        <Match when={key('ordering')}>
          {(ordering) => (
            <>
              <ol class="key-order">
                <For each={ordering().order}>
                  {(id) => <li>{htmlOf(props.paper.type === 'ordering' ? props.paper.items : [], id)}</li>}
                </For>
              </ol>
              <p class="soft">{t(`ordering.creditHint.${ordering().credit}`)}</p>
            </>
          )}
        </Match>
        <Match when={key('gap-fill')}>
          {(fill) => (
            <dl class="stack">
              <For each={fill().gaps}>
                {(gap) => <GapKey gap={gap} paper={props.paper.type === 'gap-fill' ? props.paper.gaps : []} />}
              </For>
            </dl>
          )}
        </Match>
        <Match when={key('essay')}>
          {(essay) => (
            <div class="stack-tight">
              <p class="field-label">{t('essay.notes')}</p>
              <Show when={essay().markingNotesHtml} fallback={<p class="soft">{t('key.byHand')}</p>}>
                {(html) => <Html html={html()} />}
              </Show>
            </div>
          )}
        </Match>
      </Switch>
      <Show when={props.answer.explanationHtml}>
        {(html) => (
          <div class="stack-tight">
            <p class="field-label">{t('question.explanation')}</p>
            <Html html={html()} />
          </div>
        )}
      </Show>
    </div>
  )
}

function Pairs(props: { pairs: Readonly<Record<string, string>>; paper: PaperQuestion }) {
  const paper = () => (props.paper.type === 'matching' ? props.paper : null)
  return (
    <dl class="key-pairs">
      <For each={paper()?.prompts ?? []}>
        {(prompt) => (
          <div>
            <dt>
              <Html html={prompt.html} isInline />
            </dt>
            <dd>{htmlOf(paper()?.options ?? [], props.pairs[prompt.id] ?? '')}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}

function GapKey(props: { gap: KeyGap; paper: readonly PaperGap[] }) {
  const of = <Kind extends KeyGap['kind']>(kind: Kind) =>
    props.gap.kind === kind ? (props.gap as Extract<KeyGap, { kind: Kind }>) : null // narrowed by `kind`
  const options = () => {
    const paper = props.paper.find(({ id }) => id === props.gap.id)
    return paper?.kind === 'choice' ? paper.choices : []
  }
  return (
    <div class="stack-tight">
      <dt class="field-label">{t('gap.name', { id: props.gap.id })}</dt>
      <dd>
        <Switch>
          <Match when={of('choice')}>{(gap) => <Choices options={options()} weighed={gap().choices} />}</Match>
          <Match when={of('short')}>{(gap) => <Texts of={gap()} />}</Match>
          <Match when={of('numeric')}>{(gap) => <Numbers of={gap()} />}</Match>
        </Switch>
      </dd>
    </div>
  )
}
