import type { Quiz } from '@hourglass/quizzes/model'
import type { Person } from '@hourglass/students/model'
import { createSignal, For, Show } from 'solid-js'
import { ApiError, api, isApiError } from '../../../lib/api'
import { createAction, createLoader } from '../../../lib/load'
import { person as me } from '../../../lib/session'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { TextField } from '../../../parts/field'
import { Loaded } from '../../../parts/loaded'
import { ErrorNotice } from '../../../parts/notice'
import { Told } from '../../../parts/told'
import { useQuiz } from './quiz-context'
import { draftOf } from './quiz-form'

type Editor = Pick<Person, 'id' | 'name' | 'email'>

/** Who may edit a quiz: its owner, and whom the owner lets in by their e-mail address. */
export default function EditorsPage() {
  const { quiz, setQuiz } = useQuiz()
  const [told, setTold] = createSignal('')
  const change = createAction()
  const people = createLoader(
    () => [quiz().ownerId, ...quiz().editorIds].join(' '),
    (ids, signal) => Promise.all(ids.split(' ').map((id) => readPerson(id, signal))),
  )
  const isOwner = () => quiz().ownerId === me()?.id || me()?.role === 'admin'
  const store = (editorIds: string[], words: string) =>
    change.run(async () => {
      const { id, revision } = quiz()
      setQuiz(await api.put<Quiz>(`/api/quizzes/${id}`, { revision, ...draftOf(quiz()), editorIds }))
      setTold(words)
    })
  const remove = (editor: Editor) =>
    store(
      quiz().editorIds.filter((id) => id !== editor.id),
      t('editors.removed', { name: editor.name }),
    )
  const add = (editor: Editor) => store([...quiz().editorIds, editor.id], t('editors.added', { name: editor.name }))
  return (
    <section class="stack measure" aria-labelledby="editors-title">
      <h2 id="editors-title">{t('editors.title')}</h2>
      <p class="soft">{t('editors.lead')}</p>
      <Loaded of={people} skeleton="rows">
        {(loaded) => (
          <ul class="editors">
            <For each={loaded()}>
              {(editor) => (
                <li class="editors-row">
                  <span class="editors-name">
                    <bdi>{editor.name}</bdi>
                    <span class="soft">{editor.id === quiz().ownerId ? t('editors.owner') : editor.email}</span>
                  </span>
                  <Show when={isOwner() && editor.id !== quiz().ownerId}>
                    <Button size="small" disabled={change.isBusy()} onClick={() => void remove(editor)}>
                      {t('editors.remove')}
                      <span class="hidden-text"> {editor.name}</span>
                    </Button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </Loaded>
      <Told text={told()} />
      <Show when={change.error()}>{(error) => <ErrorNotice error={error()} title={t('editors.failed')} />}</Show>
      <Show when={isOwner()} fallback={<p class="soft">{t('editors.ownerOnly')}</p>}>
        <AddEditor known={[quiz().ownerId, ...quiz().editorIds]} onAdd={add} />
      </Show>
    </section>
  )
}

function AddEditor(props: { known: readonly string[]; onAdd: (editor: Editor) => Promise<boolean> }) {
  const [email, setEmail] = createSignal('')
  const find = createAction()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void find.run(async () => {
      const query = new URLSearchParams({ email: email().trim() })
      const { items } = await api.get<{ items: Person[] }>(`/api/people?${query}`)
      const [found] = items
      if (!found || found.role === 'student') throw new ApiError('no-teacher', t('editors.nobody'), 404, null)
      if (props.known.includes(found.id)) throw new ApiError('known', t('editors.known', found), 409, null)
      if (await props.onAdd(found)) setEmail('')
    })
  }
  return (
    <form class="stack-tight" onSubmit={submit}>
      <TextField
        label={t('editors.email')}
        hint={t('editors.emailHint')}
        type="email"
        autocomplete="off"
        required
        error={find.error() ? wordsOf(find.error()) : null}
        value={email()}
        onInput={(event) => setEmail(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" busy={find.isBusy()}>
          {t('editors.add')}
        </Button>
      </div>
    </form>
  )
}

const wordsOf = (error: unknown): string => (isApiError(error) ? error.message : t('editors.failed'))

/** An account that is gone from sight still holds its place, so that it can be taken out. */
async function readPerson(id: string, signal: AbortSignal): Promise<Editor> {
  try {
    return await api.get<Person>(`/api/people/${id}`, { signal })
  } catch (error) {
    if (isApiError(error, 'not-found')) return { id, name: t('editors.unknown'), email: '' }
    throw error
  }
}
