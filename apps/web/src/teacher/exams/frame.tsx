import type { Exam } from '@hourglass/exams/model'
import { A, type RouteSectionProps } from '@solidjs/router'
import { createContext, createEffect, For, type JSX, Show, useContext } from 'solid-js'
import { api } from '../../lib/api'
import { createLoader, type Loader } from '../../lib/load'
import { createNow } from '../../lib/now'
import { t as common } from '../../messages/common'
import { t } from '../../messages/teaching'
import { Loaded } from '../../parts/loaded'
import { Page } from '../../parts/page'
import { Time } from '../../parts/time'
import { ExamStateTag, examStateOf } from './exam-state'
import './exams.css'
import { type ExamSection, examPath } from './paths'

type ExamInFrame = { exam: () => Exam; loader: Loader<Exam> }
const ExamContext = createContext<ExamInFrame>()

/** The exam whose pages these are. */
export function useExam(): ExamInFrame {
  const held = useContext(ExamContext)
  if (!held) throw new Error('useExam outside of an exam’s pages')
  return held
}

/** What all pages of one exam share: its heading, its state and the way to its parts. */
export default function ExamFrame(props: RouteSectionProps) {
  const loader = createLoader(
    () => props.params.examId ?? null,
    (id, signal) => api.get<Exam>(`/api/exams/${id}`, { signal }),
  )
  return (
    <Page
      title={loader.data()?.title ?? t('exam.one')}
      lead={<Show when={loader.data()}>{(exam) => <Lead exam={exam()} />}</Show>}
    >
      <Loaded of={loader} skeleton="text">
        {(exam) => (
          <ExamContext.Provider value={{ exam, loader }}>
            <Parts examId={exam().examId} />
            {props.children}
          </ExamContext.Provider>
        )}
      </Loaded>
    </Page>
  )
}

function Lead(props: { exam: Exam }) {
  const now = createNow(10_000)
  const isPast = (at: string) => Date.parse(at) <= now()
  return (
    <p class="row exam-lead">
      <ExamStateTag state={examStateOf(props.exam, now())} />
      <span>{props.exam.className ?? t('exam.classUnknown')}</span>
      <Show when={props.exam.opensAt}>
        {(at) => (
          <span>
            {t(isPast(at()) ? 'exam.opened' : 'exam.opens')} <Time at={at()} show="relative" />
          </span>
        )}
      </Show>
      <Show when={props.exam.closesAt}>
        {(at) => (
          <span>
            {t(isPast(at()) ? 'exam.closed' : 'exam.closes')} <Time at={at()} show="relative" />
          </span>
        )}
      </Show>
    </p>
  )
}

const parts: { section: ExamSection; label: () => string }[] = [
  { section: '', label: () => t('part.overview') },
  { section: 'times', label: () => t('part.times') },
  { section: 'live', label: () => t('part.live') },
  { section: 'late', label: () => t('part.late') },
  { section: 'marking', label: () => t('part.marking') },
  { section: 'results', label: () => t('part.results') },
  { section: 'statistics', label: () => t('part.statistics') },
  { section: 'corrections', label: () => t('part.corrections') },
  { section: 'audit', label: () => t('part.audit') },
]

const Parts = (props: { examId: string }) => (
  <nav class="parts no-print" aria-label={t('part.label')}>
    <ul>
      <For each={parts}>
        {({ section, label }) => (
          <li>
            <A href={examPath(props.examId, section)} class="part-link" activeClass="part-here" end={section === ''}>
              {label()}
            </A>
          </li>
        )}
      </For>
    </ul>
  </nav>
)

/** One part of an exam: its own heading, what can be done there, and the document's title. */
export function ExamPart(props: { title: string; lead?: JSX.Element; actions?: JSX.Element; children: JSX.Element }) {
  const { exam } = useExam()
  createEffect(() => {
    document.title = common('app.title', { page: `${props.title} · ${exam().title}` })
  })
  return (
    <section class="stack part-body">
      <header class="row-apart">
        <div class="stack-tight">
          <h2>{props.title}</h2>
          <Show when={props.lead}>
            <div class="soft measure">{props.lead}</div>
          </Show>
        </div>
        <Show when={props.actions}>
          <div class="row no-print">{props.actions}</div>
        </Show>
      </header>
      {props.children}
    </section>
  )
}
