import type { Quiz, QuizSummary } from '@hourglass/quizzes/model'
import { A, useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatNumber } from '../../lib/format'
import { createAction } from '../../lib/load'
import { createOpened } from '../../lib/opened'
import { createPageList } from '../../lib/page-list'
import { person as me } from '../../lib/session'
import { createUrlText } from '../../lib/url-text'
import { t } from '../../messages/quizzes'
import { Button, ButtonLink } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { ErrorNotice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { PageList } from '../../parts/page-list'
import { Pager } from '../../parts/pager'
import { SearchField } from '../../parts/search-field'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import { Told } from '../../parts/told'
import { Toolbar } from '../../parts/toolbar'
import { importPath, quizPath } from './paths'
import { DeleteQuiz, NewQuizDialog } from './quiz-dialogs'
import './quizzes.css'

/** The quizzes that a teacher owns or edits, the last changed first. */
export default function QuizList() {
  const navigate = useNavigate()
  const [query, setQuery] = createUrlText('query')
  const [told, setTold] = createSignal('')
  const list = createPageList<QuizSummary, QuizSummary>(
    () => `/api/quizzes?${new URLSearchParams({ ...(query() && { query: query() }) })}`,
    { toItem: (quiz) => quiz },
  )
  const making = createOpened<true>()
  const deleting = createOpened<QuizSummary>()
  const copy = createAction()
  const duplicate = (quiz: QuizSummary) =>
    copy.run(async () => {
      const made = await api.post<Quiz>(`/api/quizzes/${quiz.id}/copy`, undefined, {
        idempotencyKey: crypto.randomUUID(),
      })
      setTold(t('copy.done', { title: made.title }))
      await list.reload()
    })
  const newButton = (
    <Button variant="primary" icon="plus" onClick={() => making.open(true)}>
      {t('quizzes.new')}
    </Button>
  )
  return (
    <Page
      title={t('quizzes.title')}
      lead={t('quizzes.lead')}
      actions={
        <>
          <ButtonLink href={importPath} icon="upload">
            {t('import.action')}
          </ButtonLink>
          {newButton}
        </>
      }
    >
      <Toolbar label={t('quizzes.tools')}>
        <SearchField label={t('quizzes.search')} value={query()} onSearch={setQuery} />
      </Toolbar>
      <Told text={told()} />
      <Show when={copy.error()}>{(error) => <ErrorNotice error={error()} title={t('copy.failed')} />}</Show>
      <PageList
        list={list}
        empty={
          <Show
            when={query()}
            fallback={
              <Empty
                title={t('quizzes.empty')}
                icon="list"
                action={
                  <Button icon="plus" onClick={() => making.open(true)}>
                    {t('quizzes.new')}
                  </Button>
                }
              >
                <p>{t('quizzes.emptyHow')}</p>
              </Empty>
            }
          >
            <Empty
              title={t('quizzes.noMatch', { text: query() })}
              icon="search"
              action={<Button onClick={() => setQuery('')}>{t('quizzes.showAll')}</Button>}
            />
          </Show>
        }
      >
        <Table
          caption={t('quizzes.title')}
          rows={list.state.items}
          columns={columns({ onCopy: (quiz) => void duplicate(quiz), onDelete: deleting.open })}
        />
        <Pager
          shown={list.state.items.length}
          hasMore={list.state.next !== null}
          isLoading={list.state.isLoading}
          onMore={() => void list.more()}
        />
      </PageList>
      <Show when={making.value()}>
        <NewQuizDialog onClose={making.close} onMade={({ id }) => navigate(quizPath(id))} />
      </Show>
      <Show when={deleting.value()}>
        {(quiz) => (
          <DeleteQuiz
            quiz={quiz()}
            onClose={deleting.close}
            onDone={({ id, title }) => {
              list.remove(id)
              setTold(t('delete.quizDone', { title }))
            }}
          />
        )}
      </Show>
    </Page>
  )
}

const columns = (props: {
  onCopy: (quiz: QuizSummary) => void
  onDelete: (quiz: QuizSummary) => void
}): Column<QuizSummary>[] => [
  {
    id: 'title',
    header: t('quizzes.column.title'),
    isRowHeader: true,
    cell: ({ id, title, ownerId }) => (
      <>
        <A class="question-name" dir="auto" href={quizPath(id)}>
          {title}
        </A>
        <Show when={ownerId !== me()?.id}>
          <Tag>{t('quizzes.shared')}</Tag>
        </Show>
      </>
    ),
  },
  {
    id: 'questions',
    header: t('quizzes.column.questions'),
    isNumeric: true,
    cell: ({ questionCount }) => formatNumber(questionCount),
  },
  {
    id: 'published',
    header: t('quizzes.column.published'),
    cell: ({ id, lastPublished }) => (
      <Show when={lastPublished} fallback={<span class="soft">{t('quizzes.never')}</span>}>
        {(last) => (
          <span class="lines">
            <A href={quizPath(id, 'versions')}>{t('version.name', { number: last().number })}</A>
            <span class="soft small">
              <Time at={last().publishedAt} show="relative" />
            </span>
          </span>
        )}
      </Show>
    ),
  },
  {
    id: 'changed',
    header: t('quizzes.column.changed'),
    cell: ({ updatedAt, updatedBy }) => (
      <span class="lines">
        <Time at={updatedAt} show="relative" />
        <span class="soft small">{updatedBy.name}</span>
      </span>
    ),
  },
  {
    id: 'actions',
    header: t('column.actions'),
    cell: (quiz) => (
      <span class="row-actions">
        <Button
          size="small"
          variant="quiet"
          aria-label={t('copy.of', { title: quiz.title })}
          onClick={() => props.onCopy(quiz)}
        >
          {t('copy.action')}
        </Button>
        <Show when={quiz.ownerId === me()?.id || me()?.role === 'admin'}>
          <Button
            size="small"
            variant="quiet"
            aria-label={t('delete.quizOf', { title: quiz.title })}
            onClick={() => props.onDelete(quiz)}
          >
            {t('delete.action')}
          </Button>
        </Show>
      </span>
    ),
  },
]
