import { createMemo, createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { createColumnChoice } from '../../lib/column-choice'
import { fold } from '../../lib/fold'
import { createAction } from '../../lib/load'
import { createOpened } from '../../lib/opened'
import { saveFile, toFileName } from '../../lib/save-file'
import { createUrlSorting } from '../../lib/url-sorting'
import { createUrlText } from '../../lib/url-text'
import { t } from '../../messages/classes'
import { Button, ButtonLink } from '../../parts/button'
import { ColumnChoice } from '../../parts/column-choice'
import { Empty } from '../../parts/empty'
import { ErrorNotice } from '../../parts/notice'
import { PageList } from '../../parts/page-list'
import { AccountState, accountState, PersonName } from '../../parts/person-name'
import { SearchField } from '../../parts/search-field'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { TagList } from '../../parts/tag-list'
import { Told } from '../../parts/told'
import { Toolbar } from '../../parts/toolbar'
import { AddMember } from './add-member'
import { useClass } from './class-context'
import { MemberDialog } from './member-dialog'
import { createMemberList, type Member } from './members'

/** Who is in the class: `/teach/classes/:id`. */
export default function MembersPage() {
  const open = useClass()
  const list = createMemberList(() => open.value().id)
  const [search, setSearch] = createUrlText('query')
  const sorting = createUrlSorting({ column: 'name', isDescending: false })
  const dialog = createOpened<'add' | { member: Member }>()
  const choice = createColumnChoice(() => columns((member) => dialog.open({ member })))
  const [told, setTold] = createSignal('')
  const matching = createMemo(() => list.state.items.filter((member) => matches(member, search())))
  // Whoever makes a class teaches it, so a new one is not quite empty.
  const hasNoStudents = () => list.state.isLoaded && !list.state.items.some(({ role }) => role === 'student')
  const download = createAction()
  const exportRoster = () =>
    download.run(async () => {
      const name = `${toFileName(open.value().name)}.csv`
      saveFile(await api.download(`/api/classes/${open.value().id}/roster`), name)
      setTold(t('members.exported', { name }))
    })
  const changed = async (text: string) => {
    setTold(text)
    await Promise.all([list.reload(), open.reload()])
  }
  const editing = () => {
    const value = dialog.value()
    return value !== null && value !== 'add' ? value.member : null
  }
  return (
    <>
      <Toolbar
        label={t('tools')}
        end={
          <>
            <Show when={open.value().students > 0}>
              <Button icon="download" busy={download.isBusy()} onClick={() => void exportRoster()}>
                {t('members.export')}
              </Button>
            </Show>
            <Button variant="primary" icon="plus" onClick={() => dialog.open('add')}>
              {t('members.add')}
            </Button>
          </>
        }
      >
        <SearchField label={t('members.search')} value={search()} onSearch={setSearch} />
        <ColumnChoice of={choice} />
      </Toolbar>
      <Told text={told()} />
      <Show when={download.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      <Show when={hasNoStudents()}>
        <NoStudents address={`/teach/classes/${open.value().id}/roster`} />
      </Show>
      <PageList list={list} empty={null}>
        <Table
          caption={t('members.caption', { name: open.value().name })}
          rows={matching()}
          columns={choice.shown()}
          sorting={sorting.sorting()}
          onSort={sorting.onSort}
          toolbar={
            search() && <ClearSearch text={search()} isEmpty={matching().length === 0} onClear={() => setSearch('')} />
          }
        />
      </PageList>
      <Show when={dialog.value() === 'add'}>
        <AddMember class={open.value()} onClose={dialog.close} onAdded={changed} />
      </Show>
      <Show when={editing()} keyed>
        {(member) => <MemberDialog member={member} class={open.value()} onClose={dialog.close} onChanged={changed} />}
      </Show>
    </>
  )
}

const columns = (onOpen: (member: Member) => void): Column<Member>[] => [
  {
    id: 'name',
    header: t('members.name'),
    isRowHeader: true,
    sortBy: (member) => member.person.name,
    cell: (member) => (
      <PersonName name={member.person.name} email={member.person.email} onOpen={() => onOpen(member)} />
    ),
  },
  {
    id: 'part',
    header: t('members.part'),
    sortBy: (member) => member.role,
    cell: (member) => (
      <Show when={member.role === 'teacher'} fallback={t('members.student')}>
        <Tag meaning="accent">{t('members.teacher')}</Tag>
      </Show>
    ),
  },
  {
    id: 'groups',
    header: t('members.groups'),
    sortBy: (member) => member.groups.join(' '),
    cell: (member) => (
      <Show when={member.groups.length > 0} fallback={<span class="soft">{t('members.none')}</span>}>
        <TagList tags={member.groups} />
      </Show>
    ),
  },
  {
    id: 'account',
    header: t('members.account'),
    sortBy: (member) => accountState(member.person),
    cell: (member) => <AccountState of={member.person} />,
  },
]

function ClearSearch(props: { text: string; isEmpty: boolean; onClear: () => void }) {
  return (
    <>
      <Show when={props.isEmpty}>
        <span>{t('members.noMatch', { text: props.text })}</span>
      </Show>
      <Button size="small" onClick={() => props.onClear()}>
        {t('list.showAll')}
      </Button>
    </>
  )
}

function NoStudents(props: { address: string }) {
  return (
    <Empty
      title={t('members.empty')}
      icon="person"
      action={
        <ButtonLink variant="primary" icon="upload" href={props.address}>
          {t('members.import')}
        </ButtonLink>
      }
    >
      {t('members.emptyText')}
    </Empty>
  )
}

function matches({ person, groups }: Member, search: string): boolean {
  const text = fold([person.name, person.email, ...groups].join(' '))
  return fold(search)
    .split(/\s+/)
    .every((word) => text.includes(word))
}
