import type { QuestionView, RightAnswer } from '@hourglass/grading/model'
import type { Response } from '@hourglass/questions/response'
import { Match, Show, Switch } from 'solid-js'
import { t } from '../../../messages/teaching'
import { Gaps, Order, Pairs } from './arrangements'
import { Choices, chosenIn, rightIn } from './choices'
import './response.css'
import { RightWords } from './right-answer'

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

/** Without the options' texts: the ids, which a teacher can still tell apart. */
function plainChoice(response: Response | null): string | null {
  if (response?.type !== 'single-choice' && response?.type !== 'multiple-choice') return null
  const chosen = chosenIn(response)
  return chosen.length === 0 ? t('response.none') : t('response.options', { ids: chosen.join(', ') })
}
