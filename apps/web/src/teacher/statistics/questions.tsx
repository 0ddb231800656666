import type { Statistics as Figures, QuestionStatistics } from '@hourglass/grading/model'
import { For, Show } from 'solid-js'
import { toPlainText } from '../../lib/plain-text'
import { t } from '../../messages/teaching'
import { Html } from '../../parts/html'
import { Table } from '../../parts/table'
import { numberGaps } from '../results/number-gaps'
import { detailedQuestions } from './findings'
import { OptionThirds } from './option-thirds'
import { questionColumns } from './question-columns'

/** Question by question: the figures, what they mean, and who chose what. */
export function Questions(props: { figures: Figures }) {
  return (
    <section class="stack">
      <h3>{t('statistics.questions')}</h3>
      <Table
        caption={t('statistics.questions')}
        columns={questionColumns(props.figures)}
        rows={props.figures.questions}
        filterText={({ html, type }) => `${toPlainText(html)} ${type}`}
      />
      <dl class="facts">
        <For each={['facility', 'discrimination', 'efficiency', 'weight'] as const}>
          {(name) => (
            <>
              <dt>{t(`question.${name}`)}</dt>
              <dd class="measure">{t(`questionHint.${name}`)}</dd>
            </>
          )}
        </For>
      </dl>
      <h3>{t('thirds.heading')}</h3>
      <p class="soft measure">{t('thirds.lead')}</p>
      <For each={detailedQuestions(props.figures)}>
        {(question) => (
          <article class="stack question-figures" id={`question-${question.questionId}`} tabIndex={-1}>
            <h4>{t('attempt.question', { number: question.number })}</h4>
            <Html html={numberGaps(question.html)} class="measure" />
            <Show when={question.options.length > 0} fallback={<Answers question={question} />}>
              <OptionThirds question={question} />
            </Show>
          </article>
        )}
      </For>
    </section>
  )
}

const Answers = (props: { question: QuestionStatistics }) => (
  <Table
    caption={t('thirds.answers', { number: props.question.number })}
    isCaptionHidden={false}
    rows={props.question.answers}
    columns={[
      { id: 'text', header: t('thirds.answer'), isRowHeader: true, cell: ({ text }) => text || t('response.none') },
      { id: 'lower', header: t('thirds.lowerShort'), isNumeric: true, cell: ({ lower }) => lower },
      { id: 'middle', header: t('thirds.middleShort'), isNumeric: true, cell: ({ middle }) => middle },
      { id: 'upper', header: t('thirds.upperShort'), isNumeric: true, cell: ({ upper }) => upper },
      {
        id: 'count',
        header: t('thirds.all'),
        isNumeric: true,
        sortBy: ({ count }) => count,
        cell: ({ count }) => count,
      },
    ]}
  />
)
