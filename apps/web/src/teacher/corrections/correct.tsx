import type { CorrectableQuestion, Correction, RegradePreview } from '@hourglass/grading/model'
import { A, useNavigate, useParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { api } from '../../lib/api'
import { formatDecimal } from '../../lib/format'
import { createAction, createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { TextArea } from '../../parts/field'
import { Html } from '../../parts/html'
import { Loaded } from '../../parts/loaded'
import { ErrorNotice } from '../../parts/notice'
import { RadioGroup } from '../../parts/radio-group'
import { ExamPart, useExam } from '../exams/frame'
import { examPath } from '../exams/paths'
import { numberGaps } from '../results/number-gaps'
import { RightAnswerText } from '../results/response/right-answer'
import '../results/response/response.css'
import { AcceptFields } from './accept-fields'
import { canAccept, type Draft, emptyDraft, type Faults, type Mode, readDraft } from './draft'
import { loadCorrections } from './load'
import { Preview } from './preview'
import { VersionField } from './version-field'
import './corrections.css'

/** Corrects one question: what shall be done, what it would do, and then the deed. */
export default function Correct() {
  const { exam } = useExam()
  const params = useParams<{ questionId: string }>()
  const loader = createLoader(() => exam().examId, loadCorrections)
  const question = () => loader.data()?.questions.find(({ questionId }) => questionId === params.questionId)
  return (
    <ExamPart
      title={t('correct.title', { number: question()?.number ?? '' })}
      lead={<A href={examPath(exam().examId, 'corrections')}>{t('correct.back')}</A>}
    >
      <Loaded of={loader} skeleton="text">
        {() => (
          <Show when={question()} fallback={<Empty title={t('corrections.none')} icon="list" />}>
            {(found) => <Form examId={exam().examId} question={found()} />}
          </Show>
        )}
      </Loaded>
    </ExamPart>
  )
}

type Previewed = { correction: Correction; preview: RegradePreview }

function Form(props: { examId: string; question: CorrectableQuestion }) {
  const navigate = useNavigate()
  const [draft, setDraft] = createStore<Draft>({ ...emptyDraft })
  const [reason, setReason] = createSignal('')
  const [faults, setFaults] = createSignal<Faults>({})
  const [isReasonMissing, setReasonMissing] = createSignal(false)
  const [previewed, setPreviewed] = createSignal<Previewed | null>(null)
  const action = createAction()
  const idempotencyKey = { current: crypto.randomUUID() }
  const place = () => ({ examId: props.examId, questionId: props.question.questionId })
  const change = (next: Partial<Draft>) => {
    setDraft(next)
    setFaults({})
    // What was shown is not what would be done any more.
    setPreviewed(null)
  }
  const preview = async (event: SubmitEvent) => {
    event.preventDefault()
    const { correction, faults } = readDraft(props.question, draft)
    setFaults(faults ?? {})
    if (!correction) return
    await action.run(async () => {
      const body = { ...place(), correction, limit: 200 }
      setPreviewed({ correction, preview: await api.post<RegradePreview>('/api/regrades/preview', body) })
    })
  }
  const apply = async ({ correction, preview: { gradingVersion } }: Previewed) => {
    const isMissing = reason().trim() === ''
    setReasonMissing(isMissing)
    if (isMissing) return
    const body = { ...place(), correction, reason: reason().trim(), gradingVersion }
    const isDone = await action.run(() => api.post('/api/regrades', body, { idempotencyKey: idempotencyKey.current }))
    if (isDone) navigate(examPath(props.examId, 'corrections'))
  }
  return (
    <>
      <QuestionNow question={props.question} />
      <form class="stack measure" onSubmit={(event) => void preview(event)} noValidate>
        <RadioGroup
          label={t('correct.how')}
          options={modesOf(props.question)}
          value={draft.mode}
          error={faults().mode ? t('correct.missing') : null}
          onChange={(mode) => change({ mode })}
        />
        <Show when={draft.mode === 'accept'}>
          <AcceptFields question={props.question} draft={draft} faults={faults()} onChange={change} />
        </Show>
        <Show when={draft.mode === 'rescore'}>
          <VersionField
            value={draft.keyDigest}
            error={faults().keyDigest ? t('correct.missing') : null}
            onChange={(keyDigest) => change({ keyDigest })}
          />
        </Show>
        <div>
          <Button type="submit" busy={action.isBusy() && previewed() === null}>
            {t('correct.preview')}
          </Button>
        </div>
      </form>
      <Show when={previewed()}>
        {(shown) => (
          <>
            <Preview
              examId={props.examId}
              request={{ ...place(), correction: shown().correction }}
              first={shown().preview}
            />
            <div class="stack measure">
              <TextArea
                label={t('correct.reason')}
                hint={t('correct.reasonHint')}
                maxLength={2_000}
                value={reason()}
                error={isReasonMissing() ? t('correct.missing') : null}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
              <div>
                <Button variant="primary" busy={action.isBusy()} onClick={() => void apply(shown())}>
                  {t('correct.apply')}
                </Button>
              </div>
            </div>
          </>
        )}
      </Show>
      <Show when={action.error()}>{(error) => <ErrorNotice error={error()} title={t('correct.failed')} />}</Show>
    </>
  )
}

const QuestionNow = (props: { question: CorrectableQuestion }) => (
  <div class="card stack">
    <Html html={numberGaps(props.question.html)} class="measure" />
    <Show when={props.question.rightAnswer}>
      {(right) => (
        <div class="stack-tight">
          <strong>{t('correct.now')}</strong>
          <div>
            <RightAnswerText right={right()} question={props.question} />
          </div>
        </div>
      )}
    </Show>
  </div>
)

function modesOf(question: CorrectableQuestion) {
  const marks = formatDecimal(question.maxMarks)
  const modes: readonly Mode[] = ['accept', 'full-credit', 'drop', 'rescore']
  return modes
    .filter((mode) => mode !== 'accept' || canAccept(question))
    .map((value) => ({ value, label: t(`correct.${value}`), hint: t(`correct.${value}Hint`, { marks }) }))
}
