import type { Question } from '@hourglass/questions/question'
import type { BankQuestion, UsedQuestion } from '@hourglass/quizzes/model'
import { A, useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { api } from '../../../lib/api'
import { formatDateTime } from '../../../lib/format'
import { createAction, createLoader } from '../../../lib/load'
import { createOpened } from '../../../lib/opened'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { Loaded } from '../../../parts/loaded'
import { Page } from '../../../parts/page'
import { DeleteQuestion } from '../delete-question'
import { LeaveGuard } from '../leave-guard'
import { questionsPath, quizPath } from '../paths'
import { KeptDraft, SaveFault } from '../stale-notice'
import { FormFaultsContext } from './form-context'
import { LivePreview } from './live-preview'
import { QuestionFields } from './question-form'
import { createQuestionForm } from './question-form-state'
import { SaveBar } from './save-bar'

/** A question of the bank, with the quizzes that hold it. */
export default function EditQuestion() {
  const params = useParams<{ questionId: string }>()
  const loader = createLoader(
    () => params.questionId,
    (id, signal) => api.get<UsedQuestion>(`/api/questions/${id}`, { signal }),
  )
  return (
    <Show
      when={loader.data()?.id}
      keyed
      fallback={
        <Page title={t('edit.title')}>
          <Loaded of={loader} skeleton="text">
            {() => null}
          </Loaded>
        </Page>
      }
    >
      {(_) => <Show when={loader.data()}>{(found) => <QuestionEditor found={found()} />}</Show>}
    </Show>
  )
}

function QuestionEditor(props: { found: UsedQuestion }) {
  const navigate = useNavigate()
  const [params] = useSearchParams<{ quiz?: string }>()
  const [stored, setStored] = createSignal<BankQuestion>(props.found)
  const [mine, setMine] = createSignal<Question | null>(null)
  const [savedAt, setSavedAt] = createSignal('')
  const form = createQuestionForm(props.found.question)
  const save = createAction()
  const loading = createAction()
  const deleting = createOpened<UsedQuestion>()
  const [isGone, setGone] = createSignal(false)
  const address = () => `/api/questions/${props.found.id}`
  const submit = async () => {
    const question = form.tryToSave()
    if (!question) return
    setSavedAt('')
    await save.run(async () => {
      const next = await api.put<BankQuestion>(address(), { revision: stored().revision, question })
      setStored(next)
      form.noteStored(next.question)
      setSavedAt(next.updatedAt)
      setMine(null)
    })
  }
  const loadTheirs = () =>
    loading.run(async () => {
      const theirs = await api.get<UsedQuestion>(address())
      setMine(JSON.parse(JSON.stringify(form.draft)) as Question) // a copy of the draft
      setStored(theirs)
      form.replace(theirs.question)
      save.clear()
    })
  const putBack = () => {
    const kept = mine()
    if (!kept) return
    form.replace(kept)
    form.noteStored(stored().question)
    setMine(null)
  }
  return (
    <Page
      title={props.found.question.title || t(`type.${props.found.question.type}`)}
      lead={<UsedIn type={t(`type.${props.found.question.type}`)} of={props.found} />}
      actions={
        <Button variant="quiet" onClick={() => deleting.open(props.found)}>
          {t('question.delete')}
        </Button>
      }
    >
      <LeaveGuard isDirty={(form.isDirty() || mine() !== null) && !isGone()} />
      <Show when={mine()}>
        {(kept) => (
          <KeptDraft mine={kept()} theirs={stored().question} onPutBack={putBack} onLetGo={() => setMine(null)} />
        )}
      </Show>
      <FormFaultsContext.Provider value={form.faults}>
        <form
          class="question-page"
          novalidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <div class="stack-wide">
            <QuestionFields of={form.draft} />
            <SaveFault error={save.error()} loading={loading} onLoadTheirs={() => void loadTheirs()} />
            <SaveBar form={form} isBusy={save.isBusy()} label={t('edit.save')}>
              <Button variant="quiet" onClick={() => navigate(params.quiz ? quizPath(params.quiz) : questionsPath)}>
                {t(params.quiz ? 'edit.backToQuiz' : 'edit.back')}
              </Button>
              <Show when={savedAt() && !form.isDirty()}>
                <span role="status">{t('save.stored', { at: formatDateTime(savedAt()) })}</span>
              </Show>
            </SaveBar>
          </div>
          <LivePreview question={form.question()} />
        </form>
      </FormFaultsContext.Provider>
      <Show when={deleting.value()}>
        {(question) => (
          <DeleteQuestion
            question={question()}
            onClose={deleting.close}
            onDone={() => {
              setGone(true)
              navigate(questionsPath)
            }}
          />
        )}
      </Show>
    </Page>
  )
}

const UsedIn = (props: { type: string; of: UsedQuestion }) => (
  <Show when={props.of.usedIn.length > 0} fallback={t('edit.unused', { type: props.type })}>
    {t('edit.usedIn', { type: props.type })}{' '}
    <For each={props.of.usedIn}>
      {(use, index) => (
        <>
          {index() > 0 ? ', ' : ''}
          <A href={quizPath(use.quizId)}>{use.title}</A>
        </>
      )}
    </For>
    . {t('edit.reach')}
  </Show>
)
