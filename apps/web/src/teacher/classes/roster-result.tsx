import type { Class, RosterReport, RosterRow } from '@hourglass/students/model'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { formatNumber } from '../../lib/format'
import { t } from '../../messages/classes'
import { Button, ButtonLink } from '../../parts/button'
import { RadioGroup } from '../../parts/field'
import { Notice } from '../../parts/notice'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { InvitationLinks } from './invitation-links'
import './roster.css'

const results = ['created', 'added', 'changed', 'unchanged', 'refused'] as const
const wasWords = {
  created: 'roster.wasCreated',
  added: 'roster.wasAdded',
  changed: 'roster.wasChanged',
  unchanged: 'roster.wasUnchanged',
  refused: 'roster.wasRefused',
} as const

/** What an import will do, or has done: in sum, then row by row. */
export function RosterResult(props: {
  class: Class
  report: RosterReport
  isImported: boolean
  isBusy: boolean
  onImport: () => void
  onAgain: () => void
}) {
  const good = () => props.report.created + props.report.added + props.report.changed
  return (
    <div class="stack">
      <Notice
        meaning={props.isImported ? 'stored' : 'attention'}
        title={t(props.isImported ? 'roster.imported' : 'roster.checked')}
        role="status"
      >
        <Summary report={props.report} isImported={props.isImported} />
        <Show when={!props.isImported && good() === 0}>
          <p>{t(props.report.unchanged > 0 && props.report.refused === 0 ? 'roster.noChange' : 'roster.nothing')}</p>
        </Show>
      </Notice>
      <div class="row">
        <Show
          when={props.isImported}
          fallback={
            <Show when={good() > 0}>
              <Button variant="primary" icon="upload" busy={props.isBusy} onClick={() => props.onImport()}>
                {t(props.report.refused > 0 ? 'roster.importGood' : 'roster.import', { count: good() })}
              </Button>
            </Show>
          }
        >
          <ButtonLink variant="primary" href={`/teach/classes/${props.class.id}`}>
            {t('roster.toMembers')}
          </ButtonLink>
        </Show>
        <Button onClick={() => props.onAgain()}>{t('roster.another')}</Button>
      </div>
      <Show when={props.isImported}>
        <InvitationLinks class={props.class} rows={props.report.rows} />
      </Show>
      <Rows rows={props.report.rows} />
    </div>
  )
}

function Summary(props: { report: RosterReport; isImported: boolean }) {
  const told = () => results.filter((result) => props.report[result] > 0)
  return (
    <ul class="roster-summary">
      <For each={told()}>
        {(result) => (
          <li>{t(props.isImported ? wasWords[result] : `roster.${result}`, { count: props.report[result] })}</li>
        )}
      </For>
    </ul>
  )
}

function Rows(props: { rows: readonly RosterRow[] }) {
  const [which, setWhich] = createSignal<'all' | 'problems'>('all')
  const problems = createMemo(() => props.rows.filter(({ reason }) => reason !== null))
  return (
    <Table
      caption={t('roster.caption')}
      rows={which() === 'problems' && problems().length > 0 ? problems() : props.rows}
      columns={columns}
      empty={<p>{t('roster.empty')}</p>}
      toolbar={
        <Show when={problems().length > 0 && problems().length < props.rows.length}>
          <RadioGroup
            label={t('roster.filter')}
            isLabelHidden
            isInline
            value={which()}
            onChange={setWhich}
            options={[
              { value: 'all', label: t('roster.allRows') },
              { value: 'problems', label: t('roster.problemRows') },
            ]}
          />
        </Show>
      }
    />
  )
}

const columns: Column<RosterRow>[] = [
  {
    id: 'line',
    header: t('roster.line'),
    isRowHeader: true,
    sortBy: ({ line }) => line,
    cell: ({ line }) => formatNumber(line),
  },
  { id: 'name', header: t('roster.name'), sortBy: ({ name }) => name, cell: ({ name }) => <bdi>{name}</bdi> },
  { id: 'email', header: t('roster.email'), sortBy: ({ email }) => email, cell: ({ email }) => email },
  { id: 'result', header: t('roster.result'), sortBy: ({ result }) => result, cell: (row) => <Result of={row} /> },
  { id: 'reason', header: t('roster.reason'), cell: ({ reason }) => reason },
]

function Result(props: { of: RosterRow }) {
  const result = () => props.of.result
  const meaning = () => (result() === 'refused' ? 'error' : result() === 'unchanged' ? 'neutral' : 'stored')
  return (
    <Tag meaning={meaning()} icon={result() === 'refused' ? 'error' : 'check'}>
      {t(`result.${result()}`)}
    </Tag>
  )
}
