import type { MyResult } from '@hourglass/grading/model'
import { createUniqueId, Index, Match, Show, Switch } from 'solid-js'
import { formatDecimal, formatMarks } from '../../lib/format'
import { createLoader, keepFresh, listAll } from '../../lib/load'
import { t } from '../../messages/student'
import { ButtonLink } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { Page } from '../../parts/page'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import { attemptPath, reviewPath } from '../exams/my-exams'
import './results.css'

const refreshMs = 60_000

/** Every attempt of the student, the newest first: `/results`. */
export default function ResultsPage() {
  const results = createLoader(
    () => 'mine',
    (_, signal) => listAll<MyResult>('/api/results/mine', signal),
  )
  keepFresh(results, refreshMs)
  return (
    <Page title={t('results.title')} width="text">
      <Loaded of={results} skeleton="cards" lines={3}>
        {(all) => (
          <Show when={all().length > 0} fallback={<Empty title={t('results.none')}>{t('results.noneText')}</Empty>}>
            <ul class="result-list" aria-label={t('results.list')}>
              <Index each={all()}>{(result) => <Result of={result()} />}</Index>
            </ul>
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

function Result(props: { of: MyResult }) {
  const id = createUniqueId()
  return (
    <li class="card result" aria-labelledby={id}>
      <div class="row-apart">
        <div class="stack-tight">
          <h2 id={id} class="result-title" dir="auto">
            {props.of.examTitle}
          </h2>
          <p class="soft">
            {t('exams.attempt', { number: props.of.number })}
            {' · '}
            {t(props.of.sealedAt ? 'results.handedIn' : 'results.started')}{' '}
            <Time at={props.of.sealedAt ?? props.of.startedAt} />
          </p>
        </div>
        <Marks of={props.of} />
      </div>
      <Switch>
        <Match when={props.of.state === 'open'}>
          <div>
            <ButtonLink href={attemptPath(props.of.attemptId)} aria-describedby={id}>
              {t('exams.resume')}
            </ButtonLink>
          </div>
        </Match>
        <Match when={props.of.canReview}>
          <div>
            <ButtonLink href={reviewPath(props.of.attemptId)} aria-describedby={id}>
              {t('results.review')}
            </ButtonLink>
          </div>
        </Match>
        <Match when={true}>
          <p class="soft">{t(props.of.state === 'waiting' ? 'results.waitingText' : 'results.marksLater')}</p>
        </Match>
      </Switch>
    </li>
  )
}

const Marks = (props: { of: MyResult }) => (
  <Show when={props.of.marks} fallback={<State of={props.of.state} />}>
    {(marks) => (
      <p class="result-marks figures">
        {t('results.marks', { marks: formatMarks(marks()), max: formatMarks(props.of.maxMarks ?? '0') })}
        <Show when={props.of.percent}>
          {(percent) => (
            <span class="soft">
              {' '}
              {t('results.percent', { percent: formatDecimal(percent(), { maximumFractionDigits: 1 }) })}
            </span>
          )}
        </Show>
      </p>
    )}
  </Show>
)

const State = (props: { of: MyResult['state'] }) => (
  <Tag meaning={props.of === 'open' ? 'attention' : 'neutral'} icon={props.of === 'released' ? 'check' : 'clock'}>
    {t(`results.${props.of}`)}
  </Tag>
)
