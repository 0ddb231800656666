import type { BankQuestion, Quiz, TagCount } from '@hourglass/quizzes/model'
import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { api } from '../../../lib/api'
import { formatDateTime } from '../../../lib/format'
import { createAction, createLoader, listAll } from '../../../lib/load'
import { createOpened } from '../../../lib/opened'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { TextField } from '../../../parts/field'
import { Loaded } from '../../../parts/loaded'
import { EditableList } from '../editable-list'
import { LeaveGuard } from '../leave-guard'
import { newQuestionPath, quizPath } from '../paths'
import { RichTextField } from '../question/rich-text-field'
import { KeptDraft, SaveFault } from '../stale-notice'
import { AddFromBank } from './add-from-bank'
import { useQuiz } from './quiz-context'
import { createQuizForm, draftOf, newPlace, newSection, type QuizDraft } from './quiz-form'
import { SectionFields } from './section-fields'
import { SettingsFields } from './settings-fields'

/** Title, settings and sections of a draft, saved as a whole. */
export default function QuizEditor() {
  const { quiz } = useQuiz()
  // A memo: a save gives a new quiz with the same id, and must not read everything again over what is typed.
  const questions = createLoader(
    createMemo(() => quiz().id),
    (id, signal) => listAll<BankQuestion>(`/api/quizzes/${id}/questions`, signal),
  )
  return (
    <Loaded of={questions} skeleton="cards">
      {(loaded) => <Editor questions={loaded()} />}
    </Loaded>
  )
}

function Editor(props: { questions: readonly BankQuestion[] }) {
  const { quiz, setQuiz } = useQuiz()
  const navigate = useNavigate()
  const form = createQuizForm(quiz())
  const [known, setKnown] = createStore<Record<string, BankQuestion>>(byId(props.questions))
  const [mine, setMine] = createSignal<QuizDraft | null>(null)
  const [isTried, setTried] = createSignal(false)
  const [savedAt, setSavedAt] = createSignal('')
  const save = createAction()
  const loading = createAction()
  const adding = createOpened<string>()
  const tags = createLoader(
    () => 'tags',
    (_, signal) => api.get<{ items: TagCount[] }>('/api/questions/tags', { signal }),
  )
  const store = async (): Promise<boolean> => {
    setTried(true)
    setSavedAt('')
    if (form.faults().size > 0) return false
    return save.run(async () => {
      const next = await api.put<Quiz>(`/api/quizzes/${quiz().id}`, form.toChange(quiz().revision))
      setQuiz(next)
      form.noteStored(next)
      setSavedAt(next.updatedAt)
      setMine(null)
    })
  }
  const loadTheirs = () =>
    loading.run(async () => {
      const theirs = await api.get<Quiz>(`/api/quizzes/${quiz().id}`)
      setKnown(byId(await listAll<BankQuestion>(`/api/quizzes/${quiz().id}/questions`)))
      setMine(draftOf(form.draft))
      setQuiz(theirs)
      form.replace(theirs)
      form.noteStored(theirs)
      save.clear()
    })
  const putBack = () => {
    const kept = mine()
    if (kept) form.replace(kept)
    setMine(null)
  }
  /** A new question has a page of its own; what was changed here is stored first, so that nothing is left behind. */
  const writeNew = async (sectionId: string) => {
    if (form.isDirty() && !(await store())) return
    navigate(newQuestionPath(undefined, { quizId: quiz().id, sectionId }))
  }
  const addTo = (sectionId: string, chosen: readonly BankQuestion[]) => {
    const section = form.draft.sections.find(({ id }) => id === sectionId)
    setKnown(byId(chosen))
    section?.items.push(...chosen.map(({ id }) => newPlace(id)))
  }
  const placed = createMemo(
    () =>
      new Set(
        form.draft.sections.flatMap(({ items }) =>
          items.flatMap((item) => (item.kind === 'fixed' ? [item.questionId] : [])),
        ),
      ),
  )
  const faultAt = (path: string) => form.faults().has(path)
  return (
    <form
      class="stack-wide"
      novalidate
      onSubmit={(event) => {
        event.preventDefault()
        void store()
      }}
    >
      <LeaveGuard isDirty={form.isDirty() || mine() !== null} />
      <Show when={mine()}>
        {(kept) => (
          <KeptDraft mine={kept()} theirs={draftOf(quiz())} onPutBack={putBack} onLetGo={() => setMine(null)} />
        )}
      </Show>
      <div class="stack measure">
        <TextField
          label={t('quiz.title')}
          error={isTried() && faultAt('title') ? t('newQuiz.noTitle') : null}
          maxLength={400}
          dir="auto"
          value={form.draft.title}
          onInput={(event) => {
            form.draft.title = event.currentTarget.value
          }}
        />
        <RichTextField label={t('quiz.intro')} hint={t('quiz.introHint')} isOptional value={form.draft.intro} />
      </div>
      <details class="settings">
        <summary class="form-heading">{t('settings.title')}</summary>
        <SettingsFields of={form.draft.settings} />
      </details>
      <section class="stack" aria-labelledby="sections-title">
        <h2 id="sections-title">{t('sections.title')}</h2>
        <p class="soft measure">{t('sections.hint')}</p>
        <EditableList
          label={t('sections.title')}
          items={form.draft.sections}
          nameOf={(index) => form.draft.sections[index]?.title || t('section.name', { number: index + 1 })}
          addLabel={t('section.add')}
          onAdd={() => form.draft.sections.push(newSection(form.draft.sections))}
        >
          {(section, index) => (
            <SectionFields
              of={section}
              number={index() + 1}
              quizId={quiz().id}
              questions={known}
              tags={tags.data()?.items ?? []}
              hasFault={(path) => faultAt(`sections.${index()}.${path}`)}
              onAddFromBank={() => adding.open(section.id)}
              onWriteNew={() => void writeNew(section.id)}
            />
          )}
        </EditableList>
      </section>
      <SaveFault error={save.error()} loading={loading} onLoadTheirs={() => void loadTheirs()} />
      <div class="save-bar">
        <Button type="submit" variant="primary" busy={save.isBusy()}>
          {t('quiz.save')}
        </Button>
        <Button
          variant="quiet"
          onClick={async () => {
            if (form.isDirty() && !(await store())) return
            navigate(quizPath(quiz().id, 'publish'))
          }}
        >
          {t(form.isDirty() ? 'quiz.saveAndPublish' : 'quiz.toPublish')}
        </Button>
        <span class="soft" role="status">
          <Show
            when={form.isDirty()}
            fallback={savedAt() ? t('save.stored', { at: formatDateTime(savedAt()) }) : t('save.nothing')}
          >
            {isTried() && form.faults().size > 0 ? t('save.faults', { count: form.faults().size }) : t('save.unsaved')}
          </Show>
        </span>
      </div>
      <Show when={adding.value()}>
        {(sectionId) => (
          <AddFromBank
            placed={placed()}
            tags={tags.data()?.items ?? []}
            onClose={adding.close}
            onAdd={(chosen) => addTo(sectionId(), chosen)}
          />
        )}
      </Show>
    </form>
  )
}

const byId = (questions: readonly BankQuestion[]): Record<string, BankQuestion> =>
  Object.fromEntries(questions.map((question) => [question.id, question]))
