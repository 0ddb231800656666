import { type JSX, Show } from 'solid-js'
import { formatNumber } from '../../lib/format'
import { t } from '../../messages/reliability'
import { Tag } from '../../parts/tag'
import { BurnChart } from './burn-chart'
import { eventWords, formatShare, lastsWords, leftWords, looksOf, type Report, seenWords } from './words'

/** One promise: is it kept, what is left of its budget, how fast does that burn, and what does it mean? */
export function PromiseCard(props: { of: Report }) {
  const look = () => looksOf[props.of.state]
  return (
    <article class="card promise" id={props.of.id} aria-labelledby={`${props.of.id}-promise`}>
      <header class="promise-header">
        <h3 id={`${props.of.id}-promise`}>{props.of.promise}</h3>
        <Tag meaning={look().meaning} icon={look().icon}>
          {t(`state.${props.of.state}`)}
        </Tag>
      </header>
      <Show when={props.of.budgetLeft !== null}>
        <dl class="promise-facts">
          <Fact name={t('fact.left')}>{leftWords(props.of)}</Fact>
          <Fact name={t('fact.lasts')}>{lastsWords(props.of)}</Fact>
          <Fact name={t('fact.events')}>{eventWords(props.of)}</Fact>
          <Fact name={t('fact.seen')}>{seenWords(props.of)}</Fact>
        </dl>
        <BurnChart of={props.of} />
      </Show>
      <details class="promise-meaning">
        <summary>{t('meaning.title')}</summary>
        <dl class="stack-tight">
          <Fact name={t('meaning.feels')}>{props.of.whoFeels}</Fact>
          <Fact name={t('meaning.objective')}>{objectiveWords(props.of)}</Fact>
          <Fact name={t('meaning.why')}>{props.of.why}</Fact>
          <Fact name={t('meaning.excluded')}>{props.of.excluded}</Fact>
          <Fact name={t('meaning.todo')}>
            <code>{props.of.runbook}</code>
          </Fact>
        </dl>
      </details>
    </article>
  )
}

const objectiveWords = ({ objective }: Report): string =>
  t('meaning.objectiveOf', {
    share: formatShare(objective / 100, 3),
    count: formatNumber(100 / (100 - objective), { maximumFractionDigits: 0 }),
  })

function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <div class="promise-fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
