import type { KeyQuestion } from '@hourglass/questions/key'
import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import { createSignal, createUniqueId, Show } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Tabs } from '../../../parts/tabs'
import { QuestionBody } from '../../../student/room/questions/question-body'
import { KeyView } from './key-view'

/** A question as the student answers it and as it is marked. It can be tried; what is tried is kept nowhere. */
export function QuestionView(props: { paper: PaperQuestion; answer: KeyQuestion }) {
  const stemId = createUniqueId()
  const [side, setSide] = createSignal<'student' | 'reviewer'>('student')
  const [response, setResponse] = createSignal<Response>()
  return (
    <Tabs
      label={t('preview.sides')}
      tabs={[
        { id: 'student', label: t('preview.student') },
        { id: 'reviewer', label: t('preview.reviewer') },
      ]}
      selected={side()}
      onSelect={setSide}
    >
      <Show when={side() === 'student'} fallback={<KeyView paper={props.paper} answer={props.answer} />}>
        <QuestionBody question={props.paper} response={response()} onAnswer={setResponse} stemId={stemId} />
      </Show>
    </Tabs>
  )
}
