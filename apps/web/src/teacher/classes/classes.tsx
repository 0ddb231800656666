import type { Class } from '@hourglass/students/model'
import { A, useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { createColumnChoice } from '../../lib/column-choice'
import { formatNumber } from '../../lib/format'
import { createAction } from '../../lib/load'
import { createOpened } from '../../lib/opened'
import { createPageList } from '../../lib/page-list'
import { person } from '../../lib/session'
import { createUrlText } from '../../lib/url-text'
import { t } from '../../messages/classes'
import { Button } from '../../parts/button'
import { ColumnChoice } from '../../parts/column-choice'
import { Empty } from '../../parts/empty'
import { Select } from '../../parts/field'
import { ErrorNotice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { PageList } from '../../parts/page-list'
import { Pager } from '../../parts/pager'
import { SearchField } from '../../parts/search-field'
import { type Column, Table } from '../../parts/table'
import { Told } from '../../parts/told'
import { Toolbar } from '../../parts/toolbar'
import { ArchiveClass, NewClass } from './class-dialogs'

type Dialog = { kind: 'new' } | { kind: 'archive'; of: Class }

export default function Classes() {
  const navigate = useNavigate()
  const [search, setSearch] = createUrlText('query')
  const [archived, setArchived] = createUrlText('archived')
  const isArchived = () => archived() === 'true'
  const list = createPageList<Class, Class>(
    () =>
      `/api/classes?${new URLSearchParams({ archived: String(isArchived()), ...(search() && { query: search() }) })}`,
    { toItem: (row) => row },
  )
  const dialog = createOpened<Dialog>()
  const choice = createColumnChoice(() =>
    columns({
      isArchived: isArchived(),
      onArchive: (of) => dialog.open({ kind: 'archive', of }),
      onRestore: bringBack,
    }),
  )
  const archiving = () => {
    const open = dialog.value()
    return open?.kind === 'archive' ? open.of : null
  }
  const restore = createAction()
  const [restored, setRestored] = createSignal('')
  const bringBack = async (row: Class) => {
    if (!(await restore.run(() => api.patch(`/api/classes/${row.id}`, { isArchived: false })))) return
    setRestored(row.name)
    list.remove(row.id)
  }
  return (
    <Page
      title={t('list.title')}
      lead={t(person()?.role === 'admin' ? 'list.leadAdmin' : 'list.lead')}
      actions={
        <Button variant="primary" icon="plus" onClick={() => dialog.open({ kind: 'new' })}>
          {t('new.action')}
        </Button>
      }
    >
      <Toolbar label={t('tools')}>
        <SearchField label={t('list.search')} value={search()} onSearch={setSearch} />
        <Select
          label={t('list.show')}
          isLabelHidden
          options={[
            { value: 'false', label: t('list.current') },
            { value: 'true', label: t('list.archived') },
          ]}
          value={isArchived() ? 'true' : 'false'}
          onChange={(value) => setArchived(value === 'true' ? 'true' : '')}
        />
        <ColumnChoice of={choice} />
      </Toolbar>
      <Told text={restored() && t('restore.done', { name: restored() })} />
      <Show when={restore.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      <PageList
        list={list}
        empty={
          <NoClasses
            search={search()}
            isArchived={isArchived()}
            onClear={() => setSearch('')}
            onNew={() => dialog.open({ kind: 'new' })}
          />
        }
      >
        <Table caption={t('list.caption')} rows={list.state.items} columns={choice.shown()} />
        <Pager
          shown={list.state.items.length}
          hasMore={list.state.next !== null}
          isLoading={list.state.isLoading}
          onMore={() => void list.more()}
        />
      </PageList>
      <Show when={dialog.value()?.kind === 'new'}>
        <NewClass onClose={dialog.close} onMade={({ id }) => navigate(`/teach/classes/${id}`)} />
      </Show>
      <Show when={archiving()}>
        {(of) => <ArchiveClass of={of()} onClose={dialog.close} onDone={({ id }) => list.remove(id)} />}
      </Show>
    </Page>
  )
}

function columns(props: {
  isArchived: boolean
  onArchive: (row: Class) => void
  onRestore: (row: Class) => void
}): Column<Class>[] {
  return [
    {
      id: 'name',
      header: t('list.name'),
      isRowHeader: true,
      cell: (row) => <A href={`/teach/classes/${row.id}`}>{row.name}</A>,
    },
    { id: 'students', header: t('list.students'), isNumeric: true, cell: (row) => formatNumber(row.students) },
    { id: 'teachers', header: t('list.teachers'), isNumeric: true, cell: (row) => formatNumber(row.teachers) },
    {
      id: 'actions',
      header: t('list.actions'),
      cell: (row) =>
        props.isArchived ? (
          <Button size="small" aria-label={t('restore.of', { name: row.name })} onClick={() => props.onRestore(row)}>
            {t('restore.action')}
          </Button>
        ) : (
          <Button size="small" aria-label={t('archive.of', { name: row.name })} onClick={() => props.onArchive(row)}>
            {t('archive.action')}
          </Button>
        ),
    },
  ]
}

function NoClasses(props: { search: string; isArchived: boolean; onClear: () => void; onNew: () => void }) {
  return (
    <Show
      when={props.search}
      fallback={
        <Show
          when={!props.isArchived}
          fallback={<Empty title={t('list.emptyArchived')}>{t('list.emptyArchivedText')}</Empty>}
        >
          <Empty
            title={t('list.empty')}
            icon="person"
            action={
              <Button variant="primary" icon="plus" onClick={() => props.onNew()}>
                {t('new.action')}
              </Button>
            }
          >
            {t('list.emptyText')}
          </Empty>
        </Show>
      }
    >
      <Empty
        title={t('list.noMatch', { text: props.search })}
        icon="search"
        action={<Button onClick={() => props.onClear()}>{t('list.showAll')}</Button>}
      >
        {t('list.noMatchText')}
      </Empty>
    </Show>
  )
}
