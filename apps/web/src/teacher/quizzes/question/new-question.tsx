import type { QuestionType } from '@hourglass/questions/question'
import type { BankQuestion } from '@hourglass/quizzes/model'
import { A, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { api } from '../../../lib/api'
import { createAction } from '../../../lib/load'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { ErrorNotice } from '../../../parts/notice'
import { Page } from '../../../parts/page'
import { LeaveGuard } from '../leave-guard'
import { newQuestionPath, type Place, questionPath, questionsPath, quizPath } from '../paths'
import { blankQuestion, isQuestionType, questionTypes } from './blank-question'
import { FormFaultsContext } from './form-context'
import { LivePreview } from './live-preview'
import { placeInQuiz } from './place-in-quiz'
import { QuestionFields } from './question-form'
import { createQuestionForm } from './question-form-state'
import { SaveBar } from './save-bar'

/** A new question: first its type, then its fields. Coming from a quiz, it is put there once it is stored. */
export default function NewQuestion() {
  const [params] = useSearchParams<{ type?: string; quiz?: string; section?: string }>()
  const type = () => (isQuestionType(params.type) ? params.type : null)
  const place = (): Place | null =>
    params.quiz && params.section ? { quizId: params.quiz, sectionId: params.section } : null
  return (
    <Show when={type()} keyed fallback={<ChooseType place={place()} />}>
      {(chosen) => <WriteQuestion type={chosen} place={place()} />}
    </Show>
  )
}

function ChooseType(props: { place: Place | null }) {
  return (
    <Page title={t('new.title')} lead={t('new.lead')} width="text">
      <ul class="plain-list type-list">
        <For each={questionTypes}>
          {(type) => (
            <li>
              <A class="type-link" href={newQuestionPath(type, props.place ?? undefined)}>
                <span class="type-name">{t(`type.${type}`)}</span>
                <span class="soft">{t(`typeHint.${type}`)}</span>
              </A>
            </li>
          )}
        </For>
      </ul>
    </Page>
  )
}

function WriteQuestion(props: { type: QuestionType; place: Place | null }) {
  const navigate = useNavigate()
  const form = createQuestionForm(blankQuestion(props.type))
  const save = createAction()
  // One key for this page: a save whose answer was lost and that is pressed again makes no second question.
  const [key] = createSignal(crypto.randomUUID())
  const [isStored, setStored] = createSignal(false)
  const submit = async () => {
    const question = form.tryToSave()
    if (!question) return
    await save.run(async () => {
      const created = await api.post<BankQuestion>(
        '/api/questions',
        { question },
        { idempotencyKey: `${key()}-${hash(question)}` },
      )
      if (props.place) await placeInQuiz(props.place, created.id)
      setStored(true)
      navigate(props.place ? quizPath(props.place.quizId) : questionPath(created.id))
    })
  }
  return (
    <Page title={t('new.of', { type: t(`type.${props.type}`) })} lead={t(`typeHint.${props.type}`)}>
      <LeaveGuard isDirty={form.isDirty() && !isStored()} />
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
            <Show when={save.error()}>{(error) => <ErrorNotice error={error()} title={t('save.failed')} />}</Show>
            <SaveBar form={form} isBusy={save.isBusy()} label={t(props.place ? 'new.saveInQuiz' : 'new.save')}>
              <Button
                variant="quiet"
                onClick={() => navigate(props.place ? quizPath(props.place.quizId) : questionsPath)}
              >
                {t('new.cancel')}
              </Button>
            </SaveBar>
          </div>
          <LivePreview question={form.question()} />
        </form>
      </FormFaultsContext.Provider>
    </Page>
  )
}

/** A short name of a content, so that a mended question is a request of its own (FNV-1a). */
function hash(value: unknown): string {
  let sum = 0x811c9dc5
  for (const unit of JSON.stringify(value)) sum = Math.imul(sum ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return sum.toString(36)
}
