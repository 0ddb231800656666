import type { Fault, Published } from '@hourglass/quizzes/model'
import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { api, isApiError } from '../../../lib/api'
import { formatDecimal } from '../../../lib/format'
import { createAction, createLoader } from '../../../lib/load'
import { t } from '../../../messages/quizzes'
import { Button, ButtonLink } from '../../../parts/button'
import { Loaded } from '../../../parts/loaded'
import { ErrorNotice, Notice } from '../../../parts/notice'
import { comparePath, questionPath, quizPath, schedulePath } from '../paths'
import { useQuiz } from './quiz-context'

type Check = { isPublishable: boolean; faults: Fault[] }

/** What stands between a draft and its next version; then the version, and what to do with it. */
export default function PublishPage() {
  const { quiz } = useQuiz()
  const [published, setPublished] = createSignal<Published | null>(null)
  const publish = createAction()
  const check = createLoader(
    () => `${quiz().id}/${quiz().revision}`,
    (_, signal) => api.get<Check>(`/api/quizzes/${quiz().id}/check`, { signal }),
  )
  const refused = () => {
    const error = publish.error()
    return isApiError(error) && error.status === 422 && Array.isArray(error.details.faults)
  }
  const run = async () => {
    const isDone = await publish.run(async () => {
      setPublished(await api.post<Published>(`/api/quizzes/${quiz().id}/publish`, { revision: quiz().revision }))
    })
    if (!isDone && refused()) await check.reload()
  }
  return (
    <section class="stack measure" aria-labelledby="publish-title">
      <h2 id="publish-title">{t('publish.title')}</h2>
      <p class="soft">{t('publish.lead')}</p>
      <Show when={published()}>{(version) => <PublishedNotice version={version()} />}</Show>
      <Loaded of={check} skeleton="text">
        {(found) => (
          <Show
            when={found().isPublishable}
            fallback={<Faults faults={found().faults} quizId={quiz().id} onCheck={() => void check.reload()} />}
          >
            <Show when={!published()}>
              <Notice meaning="stored" title={t('publish.ready')}>
                <p>{t('publish.effect')}</p>
              </Notice>
              <div>
                <Button variant="primary" busy={publish.isBusy()} onClick={() => void run()}>
                  {t('publish.action')}
                </Button>
              </div>
            </Show>
          </Show>
        )}
      </Loaded>
      <Show when={publish.error() && !refused()}>
        <ErrorNotice error={publish.error()} title={t('publish.failed')} />
      </Show>
    </section>
  )
}

const PublishedNotice = (props: { version: Published }) => (
  <Notice
    meaning="stored"
    role="status"
    title={t(props.version.isNew ? 'publish.done' : 'publish.same', { number: props.version.number })}
  >
    <p>{t('publish.holds', { count: props.version.questionCount, marks: formatDecimal(props.version.maxMarks) })}</p>
    <div class="row">
      <ButtonLink href={schedulePath(props.version.digest)} variant="primary">
        {t('version.schedule')}
      </ButtonLink>
      <ButtonLink href={comparePath(props.version.quizId, props.version.digest)}>{t('version.compare')}</ButtonLink>
    </div>
  </Notice>
)

/** Every fault by its question, with the way to mend it. */
function Faults(props: { faults: readonly Fault[]; quizId: string; onCheck: () => void }) {
  const groups = () => {
    const found = new Map<string, { fault: Fault; messages: string[] }>()
    for (const fault of props.faults) {
      const name = `${fault.questionId ?? ''}/${fault.section}/${fault.title}`
      const group = found.get(name) ?? { fault, messages: [] }
      group.messages.push(fault.message)
      found.set(name, group)
    }
    return [...found.values()]
  }
  return (
    <>
      <Notice meaning="attention" title={t('publish.faults', { count: props.faults.length })}>
        <p>{t('publish.faultsHow')}</p>
      </Notice>
      <ul class="plain-list fault-list">
        <For each={groups()}>
          {({ fault, messages }) => (
            <li class="stack-tight">
              <A href={fault.questionId ? questionPath(fault.questionId, props.quizId) : quizPath(props.quizId)}>
                {fault.title || t('publish.theQuiz')}
              </A>
              <Show when={fault.section}>{(section) => <span class="soft small">{section()}</span>}</Show>
              <ul class="remark-list">
                <For each={messages}>{(message) => <li>{message}</li>}</For>
              </ul>
            </li>
          )}
        </For>
      </ul>
      <div>
        <Button onClick={() => props.onCheck()}>{t('publish.check')}</Button>
      </div>
    </>
  )
}
