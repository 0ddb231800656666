import type { QuestionView, RightAnswer } from '@hourglass/grading/model'
import type { Response } from '@hourglass/questions/response'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { t } from '../../messages/teaching'
import '../../parts/table.css'
import { Html } from '../../parts/html'
import { Icon } from '../../parts/icon'
import { Tag } from '../../parts/tag'
import './response-view.css'

type Option = { id: string; html: string }

/**
 * What a student answered, with the right answer beside it where that is given. Without the question's view an option is named by
 * its id.
 */
export function ResponseView(props: {
  response: Response | null
  question: QuestionView | null
  rightAnswer?: RightAnswer | null
}) {
  const of = <T extends Response['type']>(type: T) =>
    props.response?.type === type ? (props.response as Extract<Response, { type: T }>) : null // narrowed by `type`
  return (
    <div class="response stack-tight">
      <Show when={props.response === null}>
        <p class="soft">{t('response.none')}</p>
      </Show>
      <Show when={props.question?.choices ?? null} fallback={<Plain text={plainChoice(props.response)} />}>
        {(choices) => (
          <Choices choices={choices()} chosen={chosenIn(props.response)} right={rightIn(props.rightAnswer)} />
        )}
      </Show>
      <Switch>
        <Match when={of('true-false')}>
          {(given) => (
            <Plain
              text={given().value === null ? t('response.none') : t(given().value ? 'response.true' : 'response.false')}
            />
          )}
        </Match>
        <Match when={of('short-answer')}>{(given) => <Plain text={given().text || t('response.none')} />}</Match>
        <Match when={of('numeric')}>
          {(given) => <Plain text={[given().text || t('response.none'), given().unit ?? ''].join(' ').trim()} />}
        </Match>
        <Match when={of('essay')}>{(given) => <Essay text={given().text} />}</Match>
        <Match when={of('matching')}>
          {(given) => <Pairs pairs={given().pairs} question={props.question} right={props.rightAnswer ?? null} />}
        </Match>
        <Match when={of('ordering')}>
          {(given) => <Order order={given().order} items={props.question?.items ?? []} />}
        </Match>
        <Match when={of('gap-fill')}>{(given) => <Gaps gaps={given().gaps} question={props.question} />}</Match>
      </Switch>
      <RightWords right={props.rightAnswer ?? null} question={props.question} />
      <Show when={props.response !== null && 'certainty' in props.response ? props.response.certainty : null}>
        {(certainty) => <p class="soft small">{t(`response.certainty.${certainty()}`)}</p>}
      </Show>
    </div>
  )
}

const Plain = (props: { text: string | null }) => (
  <Show when={props.text}>
    {(text) => (
      <p class="response-text" dir="auto">
        {text()}
      </p>
    )}
  </Show>
)

function Essay(props: { text: string }) {
  const words = () => props.text.trim().split(/\s+/).filter(Boolean).length
  return (
    <Show when={words() > 0} fallback={<p class="soft">{t('response.none')}</p>}>
      <div class="response-essay" dir="auto">
        {props.text}
      </div>
      <p class="soft small">{t('response.words', { count: words() })}</p>
    </Show>
  )
}

const chosenIn = (response: Response | null): readonly string[] =>
  response?.type === 'single-choice'
    ? response.choice === null
      ? []
      : [response.choice]
    : response?.type === 'multiple-choice'
      ? response.choices
      : []

const rightIn = (right: RightAnswer | null | undefined): readonly string[] | null =>
  right?.kind === 'choices' ? right.choiceIds : null

/** Without the options' texts: the ids, which a teacher can still tell apart. */
function plainChoice(response: Response | null): string | null {
  if (response?.type !== 'single-choice' && response?.type !== 'multiple-choice') return null
  const chosen = chosenIn(response)
  return chosen.length === 0 ? t('response.none') : t('response.options', { ids: chosen.join(', ') })
}

/** Every option, marked in words as chosen and as right. */
function Choices(props: { choices: readonly Option[]; chosen: readonly string[]; right: readonly string[] | null }) {
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

const htmlOf = (options: readonly Option[] | undefined, id: string | undefined): JSX.Element => {
  const option = options?.find((each) => each.id === id)
  return option ? <Html html={option.html} isInline /> : (id ?? '–')
}

function Pairs(props: { pairs: Record<string, string>; question: QuestionView | null; right: RightAnswer | null }) {
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

const Order = (props: { order: readonly string[]; items: readonly Option[] }) => (
  <ol class="response-order">
    <For each={props.order}>{(id) => <li>{htmlOf(props.items, id)}</li>}</For>
  </ol>
)

const Gaps = (props: { gaps: Record<string, string>; question: QuestionView | null }) => (
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

/** The right answer of the types that do not show it in place. */
function RightWords(props: { right: RightAnswer | null; question: QuestionView | null }) {
  const words = (): JSX.Element => {
    const right = props.right
    switch (right?.kind) {
      case 'truth':
        return t(right.value ? 'response.true' : 'response.false')
      case 'texts':
      case 'numbers':
        return right.texts.join(' · ')
      case 'order':
        return <Order order={right.itemIds} items={props.question?.items ?? []} />
      case 'gaps':
        return (
          <ol class="response-order">
            <For each={Object.entries(right.gaps)}>
              {([gapId, answers]) => {
                const choices = props.question?.gaps?.find(({ id }) => id === gapId)?.choices
                return (
                  <li>
                    <For each={answers}>
                      {(answer, index) => (
                        <>
                          {index() > 0 ? ' · ' : ''}
                          {htmlOf(choices, answer)}
                        </>
                      )}
                    </For>
                  </li>
                )
              }}
            </For>
          </ol>
        )
      default:
        return null
    }
  }
  return (
    <Show when={['truth', 'texts', 'numbers', 'order', 'gaps'].includes(props.right?.kind ?? '')}>
      <div class="response-right">
        <Tag meaning="stored" icon="check">
          {t('response.rightAnswer')}
        </Tag>
        <div>{words()}</div>
      </div>
    </Show>
  )
}
