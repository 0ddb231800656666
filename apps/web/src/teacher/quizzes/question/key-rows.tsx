import type { AcceptedNumber, Unit } from '@hourglass/questions/question'
import { For, type JSX, Show } from 'solid-js'
import { formatDecimal } from '../../../lib/format'
import { t } from '../../../messages/quizzes'
import { Html } from '../../../parts/html'
import { Tag } from '../../../parts/tag'

export type Option = { id: string; html: string }
type Weighed = { weight: string; feedbackHtml: string }

/** The text of an option by its id. */
export const htmlOf = (options: readonly Option[], id: string): JSX.Element => (
  <Html html={options.find((option) => option.id === id)?.html ?? ''} isInline />
)

export const Rows = (props: { children: JSX.Element }) => <ul class="key-rows">{props.children}</ul>

export function Row(props: { isRight: boolean; weight: string; feedbackHtml: string; children: JSX.Element }) {
  return (
    <li class="key-row">
      <div class="row-apart">
        <div class="key-answer">{props.children}</div>
        <Tag meaning={props.isRight ? 'stored' : 'neutral'} {...(props.isRight ? { icon: 'check' as const } : {})}>
          {t('key.weight', { weight: formatDecimal(props.weight) })}
        </Tag>
      </div>
      <Show when={props.feedbackHtml}>{(html) => <Html class="soft" html={html()} />}</Show>
    </li>
  )
}

const earns = (weight: string): boolean => !weight.startsWith('-') && /[1-9]/.test(weight)

export const Choices = (props: { options: readonly Option[]; weighed: readonly ({ id: string } & Weighed)[] }) => (
  <Rows>
    <For each={props.weighed}>
      {(choice) => (
        <Row isRight={earns(choice.weight)} weight={choice.weight} feedbackHtml={choice.feedbackHtml}>
          {htmlOf(props.options, choice.id)}
        </Row>
      )}
    </For>
  </Rows>
)

export const Texts = (props: {
  of: { accepted: readonly ({ pattern: string } & Weighed)[]; caseSensitive: boolean }
}) => (
  <>
    <Rows>
      <For each={props.of.accepted}>
        {(accepted) => (
          <Row isRight={earns(accepted.weight)} weight={accepted.weight} feedbackHtml={accepted.feedbackHtml}>
            <bdi class="key-pattern">{accepted.pattern}</bdi>
          </Row>
        )}
      </For>
    </Rows>
    <p class="soft">{t(props.of.caseSensitive ? 'key.case' : 'key.anyCase')}</p>
  </>
)

export function Numbers(props: {
  of: {
    accepted: readonly ({ match: AcceptedNumber['match'] } & Weighed)[]
    units: readonly Unit[]
    unitRule: 'none' | 'optional' | 'required'
  }
}) {
  return (
    <>
      <Rows>
        <For each={props.of.accepted}>
          {(accepted) => (
            <Row isRight={earns(accepted.weight)} weight={accepted.weight} feedbackHtml={accepted.feedbackHtml}>
              {sayNumber(accepted.match)}
            </Row>
          )}
        </For>
      </Rows>
      <p class="soft">{t(`unit.rule.${props.of.unitRule}`)}</p>
      <Show when={props.of.units.length > 0}>
        <p class="soft">
          {props.of.units
            .map(({ name, multiplier }) => t('key.unit', { name, multiplier: formatDecimal(multiplier) }))
            .join(', ')}
        </p>
      </Show>
    </>
  )
}

function sayNumber(match: AcceptedNumber['match']): string {
  switch (match.kind) {
    case 'any':
      return t('number.kind.any')
    case 'range':
      return t('key.range', { min: formatDecimal(match.min), max: formatDecimal(match.max) })
    case 'absolute':
    case 'relative':
      return t(match.kind === 'absolute' ? 'key.absolute' : 'key.relative', {
        value: formatDecimal(match.value),
        tolerance: formatDecimal(match.tolerance),
      })
  }
}
