import type { Quiz, QuizSummary } from '@hourglass/quizzes/model'
import { createMemo, createSignal } from 'solid-js'
import { api } from '../../lib/api'
import { t } from '../../messages/quizzes'
import { TextField } from '../../parts/field'
import { FormDialog } from '../../parts/form-dialog'

export function NewQuizDialog(props: { onClose: () => void; onMade: (quiz: Quiz) => void }) {
  const [title, setTitle] = createSignal('')
  const [error, setError] = createSignal<string | null>(null)
  // A name that was mended after a failure is a request of its own.
  const key = createMemo(() => `${crypto.randomUUID()}-${title().length}`)
  const make = async () => {
    const text = title().trim()
    setError(text === '' ? t('newQuiz.noTitle') : null)
    if (text === '') return
    const section = { id: 's1', title: '', intro: { format: 'plain', text: '' }, shuffleQuestions: false, items: [] }
    const body = { title: text, sections: [section] }
    props.onMade(await api.post<Quiz>('/api/quizzes', body, { idempotencyKey: key() }))
  }
  return (
    <FormDialog
      title={t('newQuiz.title')}
      submitLabel={t('newQuiz.make')}
      keepsOpen
      onSubmit={make}
      onClose={props.onClose}
    >
      <p class="soft">{t('newQuiz.text')}</p>
      <TextField
        label={t('quiz.title')}
        error={error()}
        maxLength={400}
        dir="auto"
        autofocus
        value={title()}
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** A draft can be lost for good; its versions and what was sat with them cannot. */
export function DeleteQuiz(props: { quiz: QuizSummary; onClose: () => void; onDone: (quiz: QuizSummary) => void }) {
  const { quiz } = props
  const remove = async () => {
    await api.delete(`/api/quizzes/${quiz.id}`)
    props.onDone(quiz)
  }
  return (
    <FormDialog
      title={t('delete.quiz')}
      submitLabel={t('delete.quiz')}
      isDangerous
      onSubmit={remove}
      onClose={props.onClose}
    >
      <p>{t('delete.quizEffect', { title: quiz.title })}</p>
      <p class="soft">
        {quiz.versionCount > 0 ? t('delete.quizVersions', { count: quiz.versionCount }) : t('delete.quizNoVersions')}
      </p>
    </FormDialog>
  )
}
