import type { Statistics as Figures, Finding, QuestionStatistics } from '@hourglass/grading/model'
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { t } from '../../messages/teaching'
import { Tag } from '../../parts/tag'
import { correctPath } from '../exams/paths'
import { findingWords } from './finding-words'

/** Those of which more can be shown than figures: who chose what. */
export const detailedQuestions = ({ questions }: Figures): QuestionStatistics[] =>
  questions.filter(({ options, answers }) => options.length > 0 || answers.length > 0)

export const findingLooks = {
  serious: { meaning: 'error', icon: 'error' },
  warning: { meaning: 'attention', icon: 'warning' },
  info: { meaning: 'neutral', icon: 'info' },
} as const

/** What to look at, the most serious first; a wrong key leads to its correction. */
export function Findings(props: { figures: Figures }) {
  const detailed = () => new Map(detailedQuestions(props.figures).map(({ questionId }) => [questionId, questionId]))
  return (
    <section class="stack">
      <h3>{t('statistics.findings')}</h3>
      <Show when={props.figures.findings.length > 0} fallback={<p class="soft">{t('statistics.noFindings')}</p>}>
        <ul class="finding-list">
          <For each={props.figures.findings}>
            {(finding) => (
              <li>
                <SeverityTag finding={finding} />
                <span>
                  <Show when={detailed().get(finding.questionId ?? '')} fallback={findingWords(finding, props.figures)}>
                    {(id) => <a href={`#question-${id()}`}>{findingWords(finding, props.figures)}</a>}
                  </Show>
                </span>
                <Show when={finding.kind === 'wrong-key' && finding.questionId}>
                  {(questionId) => (
                    <A href={correctPath(props.figures.examId, questionId())}>{t('statistics.correctIt')}</A>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

const SeverityTag = (props: { finding: Finding }) => (
  <Tag meaning={findingLooks[props.finding.severity].meaning} icon={findingLooks[props.finding.severity].icon}>
    {t(`severity.${props.finding.severity}`)}
  </Tag>
)
