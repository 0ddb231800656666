import type { ImportedQuestion, ImportResult } from '@hourglass/quizzes/model'
import { createSignal, For, Show } from 'solid-js'
import { toCsv } from '../../../lib/csv'
import { formatNumber } from '../../../lib/format'
import { saveFile, toFileName } from '../../../lib/save-file'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { Select } from '../../../parts/field'
import { Notice } from '../../../parts/notice'
import { Tag } from '../../../parts/tag'
import { isQuestionType } from '../question/blank-question'
import { QuestionView } from '../question/question-view'
import '../question/rich-text-field.css'
import './import-report.css'

const meanings = { imported: 'stored', 'imported-with-loss': 'attention', refused: 'error' } as const
const shows = ['all', 'imported', 'imported-with-loss', 'refused'] as const
type Shown = (typeof shows)[number]
const pageSize = 100

/** What became of each question of a file, with its line, what was lost, why it was refused, and how it will look. */
export function ImportReport(props: { of: ImportResult; name: string }) {
  const [shown, setShown] = createSignal<Shown>('all')
  const [limit, setLimit] = createSignal(pageSize)
  const matching = () => props.of.questions.filter(({ status }) => shown() === 'all' || status === shown())
  const counts = () => props.of.counts
  return (
    <section class="stack" aria-labelledby="report-title">
      <h2 id="report-title">
        {t('report.title', { name: props.name, format: t(`import.format.${props.of.format}`) })}
      </h2>
      <ul class="plain-list row" role="status">
        <li>
          <Tag meaning="stored" icon="check">
            {t('report.imported', { count: counts().imported })}
          </Tag>
        </li>
        <li>
          <Tag meaning="attention" icon="warning">
            {t('report.withLoss', { count: counts().importedWithLoss })}
          </Tag>
        </li>
        <li>
          <Tag meaning="error" icon="error">
            {t('report.refused', { count: counts().refused })}
          </Tag>
        </li>
      </ul>
      <Show when={props.of.notes.length > 0}>
        <Notice meaning="attention" title={t('report.notes')}>
          <ul class="remark-list">
            <For each={props.of.notes}>{(note) => <li>{note}</li>}</For>
          </ul>
        </Notice>
      </Show>
      <div class="report-filter">
        <Select
          label={t('report.show')}
          value={shown()}
          options={shows.map((value) => ({ value, label: t(`report.show.${value}`) }))}
          onChange={(value) => {
            setShown(value)
            setLimit(pageSize)
          }}
        />
        <Button icon="download" onClick={() => saveFile(reportCsv(matching()), `${toFileName(props.name)}-report.csv`)}>
          {t('report.save')}
        </Button>
      </div>
      <ol class="plain-list report-list">
        <For each={matching().slice(0, limit())}>{(question) => <Reported of={question} />}</For>
      </ol>
      <Show when={matching().length > limit()}>
        <div>
          <button type="button" class="button button-plain button-target" onClick={() => setLimit(limit() + pageSize)}>
            {t('report.more', { count: matching().length - limit() })}
          </button>
        </div>
      </Show>
    </section>
  )
}

/** One line a question, so that a colleague can mend the file beside it. */
function reportCsv(questions: readonly ImportedQuestion[]): Blob {
  const head = ['line', 'status', 'title', 'type', 'reason', 'lost', 'mend'] as const
  const rows = questions.map(({ line, status, title, type, reason, losses, faults }) => [
    ...[String(line), t(`report.status.${status}`), title, isQuestionType(type) ? t(`type.${type}`) : ''],
    ...[reason ?? '', losses.join(' '), faults.join(' ')],
  ])
  return toCsv([head.map((name) => t(`report.csv.${name}`)), ...rows])
}

function Reported(props: { of: ImportedQuestion }) {
  const [isOpen, setOpen] = createSignal(false)
  const type = () => (isQuestionType(props.of.type) ? t(`type.${props.of.type}`) : null)
  return (
    <li class="stack-tight report-item">
      <div class="row">
        <span class="soft figures">{t('report.line', { line: formatNumber(props.of.line) })}</span>
        <Tag meaning={meanings[props.of.status]}>{t(`report.status.${props.of.status}`)}</Tag>
        <strong dir="auto">{props.of.title || t('question.untitled')}</strong>
        <Show when={type()}>{(name) => <span class="soft">{name()}</span>}</Show>
      </div>
      <Show when={props.of.reason}>{(reason) => <p>{reason()}</p>}</Show>
      <Lines title={t('report.lost')} lines={props.of.losses} />
      <Lines title={t('report.mend')} lines={props.of.faults} />
      <Show when={props.of.preview}>
        {(preview) => (
          <details class="folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary aria-label={t('report.previewOf', { name: props.of.title || t('question.untitled') })}>
              {t('report.preview')}
            </summary>
            <Show when={isOpen()}>
              <div class="card">
                <QuestionView paper={preview().paper} answer={preview().key} />
              </div>
            </Show>
          </details>
        )}
      </Show>
    </li>
  )
}

const Lines = (props: { title: string; lines: readonly string[] }) => (
  <Show when={props.lines.length > 0}>
    <div>
      <p class="field-label">{props.title}</p>
      <ul class="remark-list">
        <For each={props.lines}>{(line) => <li>{line}</li>}</For>
      </ul>
    </div>
  </Show>
)
