import { A } from '@solidjs/router'
import { createUniqueId, Index, type JSX, Match, Show, Switch } from 'solid-js'
import { formatDuration } from '../../lib/format'
import { whyWords } from '../../lib/why'
import { t } from '../../messages/student'
import { ButtonLink } from '../../parts/button'
import { Icon, type IconName } from '../../parts/icon'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import { attemptPath, type MyExam, reviewPath, startPath } from './my-exams'

/** One exam: when, how long for this student and why, and the one thing to do with it now. */
export function ExamCard(props: { exam: MyExam }) {
  const id = createUniqueId()
  const access = () => props.exam.access
  return (
    <li class="card exam-card" aria-labelledby={id}>
      <div class="row-apart">
        <div class="stack-tight">
          <h3 id={id} dir="auto">
            {props.exam.title}
          </h3>
          <Show when={props.exam.className}>{(name) => <p class="soft">{name()}</p>}</Show>
        </div>
        <ExamState state={props.exam.state} />
      </div>
      <dl class="facts">
        <Fact name={t('exams.window')}>
          <ExamWindow exam={props.exam} />
        </Fact>
        <Fact name={t('exams.limit')}>
          {limitText(access().limitSeconds.value)}
          <Why of={access().limitSeconds} />
        </Fact>
        <Show when={props.exam.attemptsUsed > 0 || access().attemptsAllowed.value !== 1}>
          <Fact name={t('exams.attempts')}>{attemptsText(props.exam)}</Fact>
        </Show>
      </dl>
      <ExamAction exam={props.exam} describedBy={id} />
    </li>
  )
}

const Fact = (props: { name: string; children: JSX.Element }) => (
  <div class="fact">
    <dt>{props.name}</dt>
    <dd>{props.children}</dd>
  </div>
)

/** The reason, where the value is this student's own. */
const Why = (props: { of: Parameters<typeof whyWords>[0] }) => (
  <Show when={whyWords(props.of)}>{(words) => <p class="soft small">{words()}</p>}</Show>
)

const stateLooks: Record<MyExam['state'], { meaning: 'accent' | 'attention' | 'neutral' | 'stored'; icon: IconName }> =
  {
    running: { meaning: 'attention', icon: 'clock' },
    open: { meaning: 'accent', icon: 'next' },
    upcoming: { meaning: 'neutral', icon: 'clock' },
    closed: { meaning: 'neutral', icon: 'lock' },
    done: { meaning: 'stored', icon: 'check' },
  }

export const ExamState = (props: { state: MyExam['state'] }) => (
  <Tag meaning={stateLooks[props.state].meaning} icon={stateLooks[props.state].icon}>
    {t(`state.${props.state}`)}
  </Tag>
)

/** When it opens and closes; of what has passed only what still matters. */
export function ExamWindow(props: { exam: MyExam }) {
  const opensAt = () => props.exam.access.opensAt
  const closesAt = () => props.exam.access.closesAt
  const isUpcoming = () => props.exam.state === 'upcoming'
  const isOver = () => props.exam.state === 'closed' || props.exam.state === 'done'
  return (
    <>
      <Show when={isUpcoming() && opensAt().value}>
        {(at) => (
          <p>
            {t('exams.opensFrom')} <Time at={at()} />
          </p>
        )}
      </Show>
      <Show when={closesAt().value} fallback={<p>{t('exams.always')}</p>}>
        {(at) => (
          <p>
            {t(isOver() && Date.parse(at()) <= Date.parse(props.exam.serverTime) ? 'exams.closed' : 'exams.closes')}{' '}
            <Time at={at()} />
          </p>
        )}
      </Show>
      <Why of={closesAt()} />
    </>
  )
}

export const limitText = (seconds: number | null): string =>
  seconds === null ? t('exams.noLimit') : formatDuration(seconds)

const attemptsText = ({ attemptsUsed, access }: MyExam): string =>
  access.attemptsAllowed.value === null
    ? t('exams.usedFree', { count: attemptsUsed })
    : t('exams.used', { used: attemptsUsed, allowed: access.attemptsAllowed.value })

function ExamAction(props: { exam: MyExam; describedBy: string }) {
  const openAttempt = () => props.exam.attempts.find(({ attemptId }) => attemptId === props.exam.openAttemptId)
  return (
    <>
      <Switch>
        <Match when={openAttempt()}>
          {(attempt) => (
            <div class="row">
              <ButtonLink
                variant="primary"
                href={attemptPath(attempt().attemptId)}
                aria-describedby={props.describedBy}
              >
                {t('exams.resume')}
              </ButtonLink>
              <Show when={attempt().deadline}>
                {(at) => (
                  <p>
                    {t('exams.deadline')} <Time at={at()} />
                  </p>
                )}
              </Show>
            </div>
          )}
        </Match>
        <Match when={props.exam.state === 'open' || props.exam.state === 'upcoming'}>
          <div>
            <ButtonLink
              variant={props.exam.state === 'open' ? 'primary' : 'plain'}
              href={startPath(props.exam.examId)}
              aria-describedby={props.describedBy}
            >
              {t(props.exam.state === 'open' ? 'exams.look' : 'exams.rules')}
            </ButtonLink>
          </div>
        </Match>
        <Match when={props.exam.attempts.length === 0}>
          <p class="soft">{t('exams.notTaken')}</p>
        </Match>
      </Switch>
      <AttemptList attempts={props.exam.attempts} describedBy={props.describedBy} />
    </>
  )
}

/** Attempts that have ended, each with the way to its review. */
function AttemptList(props: { attempts: MyExam['attempts']; describedBy: string }) {
  const ended = () => props.attempts.filter(({ state }) => state !== 'open')
  return (
    <Show when={ended().length > 0}>
      <ul class="attempt-list" aria-label={t('exams.attemptsMade')}>
        <Index each={ended()}>
          {(attempt) => (
            <li class="row">
              <Show
                when={attempt().state === 'sealed'}
                fallback={<span>{t('exams.attempt', { number: attempt().number })}</span>}
              >
                <A href={reviewPath(attempt().attemptId)} aria-describedby={props.describedBy}>
                  {t('exams.review', { number: attempt().number })}
                </A>
              </Show>
              <span class="soft">
                <Show when={attempt().state === 'abandoned'}>
                  <Icon name="warning" />{' '}
                </Show>
                {t(attempt().state === 'abandoned' ? 'exams.abandoned' : 'exams.sealed')}{' '}
                <Show when={attempt().state === 'sealed' && attempt().sealedAt}>{(at) => <Time at={at()} />}</Show>
              </span>
            </li>
          )}
        </Index>
      </ul>
    </Show>
  )
}
