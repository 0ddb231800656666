import type { BankQuestion, TagCount } from '@hourglass/quizzes/model'
import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDecimal } from '../../lib/format'
import { createLoader } from '../../lib/load'
import { createOpened } from '../../lib/opened'
import { createPageList } from '../../lib/page-list'
import { createUrlText } from '../../lib/url-text'
import { t } from '../../messages/quizzes'
import { Button, ButtonLink } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Page } from '../../parts/page'
import { PageList } from '../../parts/page-list'
import { Pager } from '../../parts/pager'
import { type Column, Table } from '../../parts/table'
import { TagList } from '../../parts/tag-list'
import { Time } from '../../parts/time'
import { Told } from '../../parts/told'
import { BankFilters, bankAddress } from './bank-filters'
import { DeleteQuestion } from './delete-question'
import { nameOf } from './name-of'
import { importPath, newQuestionPath, questionPath } from './paths'
import './quizzes.css'

/** A teacher's own questions: searched, narrowed by tag and type, edited, deleted. The address keeps what is looked for. */
export default function QuestionBank() {
  const [query, setQuery] = createUrlText('query')
  const [tag, setTag] = createUrlText('tag')
  const [type, setType] = createUrlText('type')
  const [told, setTold] = createSignal('')
  const tags = createLoader(
    () => 'tags',
    (_, signal) => api.get<{ items: TagCount[] }>('/api/questions/tags', { signal }),
  )
  const list = createPageList<BankQuestion, BankQuestion>(
    () => bankAddress({ query: query(), tag: tag(), type: type() }),
    {
      toItem: (question) => question,
    },
  )
  const deleting = createOpened<BankQuestion>()
  const isNarrowed = () => query() !== '' || tag() !== '' || type() !== ''
  const clear = () => {
    setQuery('')
    setTag('')
    setType('')
  }
  return (
    <Page
      title={t('bank.title')}
      lead={t('bank.lead')}
      actions={
        <>
          <ButtonLink href={importPath} icon="upload">
            {t('import.action')}
          </ButtonLink>
          <ButtonLink href={newQuestionPath()} variant="primary" icon="plus">
            {t('bank.new')}
          </ButtonLink>
        </>
      }
    >
      <BankFilters
        query={query()}
        tag={tag()}
        type={type()}
        tags={tags.data()?.items ?? []}
        onQuery={setQuery}
        onTag={setTag}
        onType={setType}
      />
      <Told text={told()} />
      <PageList
        list={list}
        empty={
          <Show
            when={isNarrowed()}
            fallback={
              <Empty
                title={t('bank.empty')}
                action={
                  <ButtonLink href={newQuestionPath()} icon="plus">
                    {t('bank.new')}
                  </ButtonLink>
                }
              >
                <p>{t('bank.emptyHow')}</p>
              </Empty>
            }
          >
            <Empty title={t('bank.noMatch')} icon="search" action={<Button onClick={clear}>{t('bank.clear')}</Button>}>
              <p>{t('bank.noMatchHow')}</p>
            </Empty>
          </Show>
        }
      >
        <Table caption={t('bank.title')} rows={list.state.items} columns={columns(deleting.open)} />
        <Pager
          shown={list.state.items.length}
          hasMore={list.state.next !== null}
          isLoading={list.state.isLoading}
          onMore={() => void list.more()}
        />
      </PageList>
      <Show when={deleting.value()}>
        {(question) => (
          <DeleteQuestion
            question={question()}
            onClose={deleting.close}
            onDone={(gone) => {
              list.remove(gone.id)
              setTold(t('delete.questionDone', { name: nameOf(gone.question) }))
            }}
          />
        )}
      </Show>
    </Page>
  )
}

const columns = (onDelete: (question: BankQuestion) => void): Column<BankQuestion>[] => [
  {
    id: 'name',
    header: t('bank.column.question'),
    isRowHeader: true,
    cell: ({ id, question }) => (
      <A class="question-name" dir="auto" href={questionPath(id)}>
        {nameOf(question)}
      </A>
    ),
  },
  { id: 'type', header: t('bank.column.type'), cell: ({ question }) => t(`type.${question.type}`) },
  { id: 'tags', header: t('bank.column.tags'), cell: ({ question }) => <TagList tags={question.tags} /> },
  {
    id: 'marks',
    header: t('bank.column.marks'),
    isNumeric: true,
    cell: ({ question }) => formatDecimal(question.maxMarks),
  },
  { id: 'updated', header: t('bank.column.changed'), cell: ({ updatedAt }) => <Time at={updatedAt} show="relative" /> },
  {
    id: 'actions',
    header: t('column.actions'),
    cell: (row) => (
      <Button
        size="small"
        variant="quiet"
        aria-label={t('delete.questionOf', { name: nameOf(row.question) })}
        onClick={() => onDelete(row)}
      >
        {t('delete.action')}
      </Button>
    ),
  },
]
