import type { VersionDifference, VersionSummary } from '@hourglass/quizzes/model'
import { A, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, Show } from 'solid-js'
import { api } from '../../../lib/api'
import { formatDecimal, formatNumber } from '../../../lib/format'
import { createLoader, listAll } from '../../../lib/load'
import { t } from '../../../messages/quizzes'
import { ButtonLink } from '../../../parts/button'
import { Empty } from '../../../parts/empty'
import { Select } from '../../../parts/field'
import { Loaded } from '../../../parts/loaded'
import { type Column, Table } from '../../../parts/table'
import { Tag } from '../../../parts/tag'
import { Time } from '../../../parts/time'
import { comparePath, quizPath, schedulePath } from '../paths'
import { useQuiz } from '../quiz/quiz-context'
import { Difference } from './difference'

/** The versions of a quiz, and what changed between two of them. Which two is in the address. */
export default function VersionsPage() {
  const { quiz } = useQuiz()
  const versions = createLoader(
    createMemo(() => quiz().id),
    (id, signal) => listAll<VersionSummary>(`/api/quizzes/${id}/versions`, signal),
  )
  return (
    <div class="stack-wide">
      <div class="stack">
        <h2 id="versions-title">{t('versions.title')}</h2>
        <p class="soft measure">{t('versions.lead')}</p>
        <Loaded of={versions}>
          {(loaded) => (
            <Show
              when={loaded().length > 0}
              fallback={
                <Empty
                  title={t('versions.empty')}
                  action={<ButtonLink href={quizPath(quiz().id, 'publish')}>{t('quiz.publish')}</ButtonLink>}
                >
                  <p>{t('versions.emptyHow')}</p>
                </Empty>
              }
            >
              <Table caption={t('versions.title')} rows={loaded()} columns={columns(loaded())} />
            </Show>
          )}
        </Loaded>
      </div>
      <Show when={versions.data()}>{(loaded) => <Compare versions={loaded()} />}</Show>
    </div>
  )
}

const columns = (versions: readonly VersionSummary[]): Column<VersionSummary>[] => [
  {
    id: 'number',
    header: t('versions.column.version'),
    isRowHeader: true,
    cell: (version) => (
      <span class="row">
        {t('version.name', { number: version.number })}
        <Show when={version.digest === versions[0]?.digest}>
          <Tag meaning="accent">{t('version.latest')}</Tag>
        </Show>
      </span>
    ),
  },
  {
    id: 'published',
    header: t('versions.column.published'),
    cell: ({ publishedAt, publishedBy }) => (
      <span class="lines">
        <Time at={publishedAt} show="absolute" />
        <span class="soft small">{publishedBy.name}</span>
      </span>
    ),
  },
  {
    id: 'questions',
    header: t('versions.column.questions'),
    isNumeric: true,
    cell: ({ questionCount }) => formatNumber(questionCount),
  },
  {
    id: 'marks',
    header: t('versions.column.marks'),
    isNumeric: true,
    cell: ({ maxMarks }) => formatDecimal(maxMarks),
  },
  {
    id: 'digest',
    header: t('versions.column.digest'),
    cell: ({ digest }) => <code title={digest}>{digest.slice(0, 12)}</code>,
  },
  {
    id: 'actions',
    header: t('column.actions'),
    cell: ({ quizId, number, digest }) => (
      <span class="row-actions">
        <A href={schedulePath(digest)} aria-label={t('version.scheduleOf', { number })}>
          {t('version.schedule')}
        </A>
        <A href={comparePath(quizId, digest)} aria-label={t('version.compareOf', { number })}>
          {t('version.compare')}
        </A>
      </span>
    ),
  },
]

function Compare(props: { versions: readonly VersionSummary[] }) {
  const [params, setParams] = useSearchParams<{ compare?: string; with?: string }>()
  const after = () => props.versions.find(({ digest }) => digest === params.compare) ?? null
  const earlier = () => props.versions.filter(({ digest }) => digest !== params.compare)
  const difference = createLoader(
    () => (after() ? `${params.compare}/${params.with ?? ''}` : null),
    (_, signal) =>
      api.get<VersionDifference>(
        `/api/versions/${params.compare}/diff${params.with ? `?against=${params.with}` : ''}`,
        { signal },
      ),
  )
  let heading: HTMLHeadingElement | undefined
  createEffect(() => {
    if (params.compare) heading?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <Show when={after()}>
      {(version) => (
        <section class="stack" aria-labelledby="compare-title">
          <h2 id="compare-title" ref={heading} tabIndex={-1}>
            {t('compare.title', { number: version().number })}
          </h2>
          <Show when={earlier().length > 0}>
            <div class="row">
              <Select
                label={t('compare.with')}
                value={params.with ?? difference.data()?.before?.digest ?? null}
                placeholder={t('compare.choose')}
                options={earlier().map(({ digest, number }) => ({
                  value: digest,
                  label: t('version.name', { number }),
                }))}
                onChange={(digest) => setParams({ with: digest }, { scroll: false })}
              />
            </div>
          </Show>
          <Loaded of={difference} skeleton="text">
            {(found) => <Difference of={found()} />}
          </Loaded>
        </section>
      )}
    </Show>
  )
}
