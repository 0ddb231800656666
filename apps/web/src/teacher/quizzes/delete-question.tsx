import type { BankQuestion } from '@hourglass/quizzes/model'
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { api, isApiError } from '../../lib/api'
import { createAction } from '../../lib/load'
import { t } from '../../messages/quizzes'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { ErrorNotice, Notice } from '../../parts/notice'
import { nameOf } from './name-of'
import { quizPath } from './paths'

/** Deletes a question of the bank, or says which quizzes hold it. */
export function DeleteQuestion(props: {
  question: BankQuestion
  onClose: () => void
  onDone: (question: BankQuestion) => void
}) {
  const action = createAction()
  const holding = () => (isApiError(action.error(), 'question-in-use') ? quizzesIn(action.error()) : null)
  const remove = async () => {
    const { question } = props
    if (!(await action.run(() => api.delete(`/api/questions/${question.id}`)))) return
    props.onClose()
    props.onDone(question)
  }
  return (
    <Dialog
      isOpen
      title={t('delete.question')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('delete.keep')}</Button>
          <Button variant="danger" busy={action.isBusy()} onClick={() => void remove()}>
            {t('delete.question')}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{t('delete.questionEffect', { name: nameOf(props.question.question) })}</p>
        <Show when={action.error()}>
          <Show when={holding()} fallback={<ErrorNotice error={action.error()} />}>
            {(quizzes) => (
              <Notice meaning="attention" role="alert" title={t('delete.inUse')}>
                <ul class="remark-list">
                  <For each={quizzes()}>
                    {(quiz) => (
                      <li>
                        <A href={quizPath(quiz.quizId)}>{quiz.title}</A>
                      </li>
                    )}
                  </For>
                </ul>
                <p>{t('delete.inUseHow')}</p>
              </Notice>
            )}
          </Show>
        </Show>
      </div>
    </Dialog>
  )
}

function quizzesIn(error: unknown): { quizId: string; title: string }[] {
  const list = isApiError(error) ? error.details.quizzes : null
  if (!Array.isArray(list)) return []
  return list.flatMap((each: unknown) =>
    typeof each === 'object' && each !== null && 'quizId' in each && 'title' in each
      ? [{ quizId: String(each.quizId), title: String(each.title) }]
      : [],
  )
}
