import { For, Index, Show } from 'solid-js'
import { t } from '../../messages/student'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { Page } from '../../parts/page'
import { ExamCard } from './exam-card'
import './exams.css'
import { createMyExams, type MyExam } from './my-exams'

const groups = [
  { id: 'running', states: ['running'] },
  { id: 'open', states: ['open'] },
  { id: 'upcoming', states: ['upcoming'] },
  { id: 'over', states: ['done', 'closed'] },
] as const

/** What a student has to do, the most pressing first: `/`. */
export default function ExamsPage() {
  const exams = createMyExams()
  return (
    <Page title={t('exams.title')} width="text">
      <Loaded of={exams} skeleton="cards" lines={3}>
        {(all) => (
          <Show when={all().length > 0} fallback={<Empty title={t('exams.none')}>{t('exams.noneText')}</Empty>}>
            <For each={groups}>
              {(group) => {
                const members = () =>
                  all()
                    .filter(({ state }) => group.states.some((one) => one === state))
                    .sort(byTime)
                return (
                  <Show when={members().length > 0}>
                    <section class="stack" aria-labelledby={`exams-${group.id}`}>
                      <h2 id={`exams-${group.id}`}>{t(`exams.${group.id}`)}</h2>
                      <ul class="exam-list">
                        {/* By place, so that reading the list again keeps the focus. */}
                        <Index each={members()}>{(exam) => <ExamCard exam={exam()} />}</Index>
                      </ul>
                    </section>
                  </Show>
                )
              }}
            </For>
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

/** What comes next stands first; of what is over, the newest. */
function byTime(a: MyExam, b: MyExam): number {
  if (a.state === 'upcoming') return timeOf(a.access.opensAt.value) - timeOf(b.access.opensAt.value)
  const difference = timeOf(a.access.closesAt.value) - timeOf(b.access.closesAt.value)
  return a.state === 'done' || a.state === 'closed' ? -difference : difference
}

/** Without a time it stands after those with one. A plain number, so that two of them can be subtracted. */
const timeOf = (moment: string | null): number => (moment === null ? Number.MAX_SAFE_INTEGER : Date.parse(moment))
