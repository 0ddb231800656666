import type { Person } from '@hourglass/students/model'
import { createSignal, Show } from 'solid-js'
import { createColumnChoice } from '../../lib/column-choice'
import { createOpened } from '../../lib/opened'
import { createPageList } from '../../lib/page-list'
import { createUrlText } from '../../lib/url-text'
import { t } from '../../messages/admin'
import { t as common } from '../../messages/common'
import { Button } from '../../parts/button'
import { ColumnChoice } from '../../parts/column-choice'
import { Empty } from '../../parts/empty'
import { Select } from '../../parts/field'
import { InvitationDialog } from '../../parts/invitation-dialog'
import { Page } from '../../parts/page'
import { PageList } from '../../parts/page-list'
import { Pager } from '../../parts/pager'
import { AccountState, PersonName } from '../../parts/person-name'
import { SearchField } from '../../parts/search-field'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import { Told } from '../../parts/told'
import { Toolbar } from '../../parts/toolbar'
import { DeactivatePerson } from './deactivate-person'
import './people.css'
import { EditPerson, NewPerson } from './person-dialogs'

const roles = ['student', 'teacher', 'admin'] as const
type Filter = (typeof roles)[number] | 'all'

type Dialog =
  | { kind: 'new' }
  | { kind: 'edit' | 'deactivate' | 'invite'; person: Person }
  | { kind: 'welcome'; person: Person }

export default function PeoplePage() {
  const [search, setSearch] = createUrlText('query')
  const [roleText, setRole] = createUrlText('role')
  const role = () => roles.find((name) => name === roleText())
  const list = createPageList<Person, Person>(
    () => {
      const chosen = role()
      return `/api/people?${new URLSearchParams({ ...(chosen && { role: chosen }), ...(search() && { query: search() }) })}`
    },
    { toItem: (person) => person },
  )
  const dialog = createOpened<Dialog>()
  const choice = createColumnChoice(() => columns((person) => dialog.open({ kind: 'edit', person })))
  const [told, setTold] = createSignal('')
  const changed = (person: Person, text: string) => {
    list.put(person)
    setTold(text)
  }
  const openFor = (kind: 'edit' | 'deactivate' | 'invite' | 'welcome') => {
    const value = dialog.value()
    return value?.kind === kind && 'person' in value ? value.person : null
  }
  const make = () => (
    <Button variant="primary" icon="plus" onClick={() => dialog.open({ kind: 'new' })}>
      {t('people.new')}
    </Button>
  )
  const isFiltered = () => search() !== '' || role() !== undefined
  return (
    <Page title={t('people.title')} lead={t('people.lead')} actions={make()}>
      <Toolbar label={t('people.tools')}>
        <SearchField label={t('people.search')} value={search()} onSearch={setSearch} />
        <Select<Filter>
          label={t('people.role')}
          isLabelHidden
          options={[
            { value: 'all', label: t('people.allRoles') },
            ...roles.map((name) => ({ value: name, label: common(`account.role.${name}`) })),
          ]}
          value={role() ?? 'all'}
          onChange={(value) => setRole(value === 'all' ? '' : value)}
        />
        <ColumnChoice of={choice} />
      </Toolbar>
      <Told text={told()} />
      <PageList
        list={list}
        empty={
          <Show
            when={isFiltered()}
            fallback={
              <Empty title={t('people.empty')} icon="person" action={make()}>
                {t('people.emptyText')}
              </Empty>
            }
          >
            <Empty
              title={t('people.noMatch')}
              icon="search"
              action={
                <Button
                  onClick={() => {
                    setSearch('')
                    setRole('')
                  }}
                >
                  {t('people.clear')}
                </Button>
              }
            >
              {t('people.noMatchText')}
            </Empty>
          </Show>
        }
      >
        <Table caption={t('people.caption')} rows={list.state.items} columns={choice.shown()} />
        <Pager
          shown={list.state.items.length}
          hasMore={list.state.next !== null}
          isLoading={list.state.isLoading}
          onMore={() => void list.more()}
        />
      </PageList>
      <Show when={dialog.value()?.kind === 'new'}>
        <NewPerson
          onClose={dialog.close}
          onMade={(person) => {
            void list.reload()
            dialog.open({ kind: 'welcome', person })
          }}
        />
      </Show>
      <Show when={openFor('edit')} keyed>
        {(person) => (
          <EditPerson
            person={person}
            onClose={dialog.close}
            onChanged={changed}
            onInvite={() => dialog.open({ kind: 'invite', person })}
            onDeactivate={() => dialog.open({ kind: 'deactivate', person })}
          />
        )}
      </Show>
      <Show when={openFor('deactivate')} keyed>
        {(person) => <DeactivatePerson person={person} onClose={dialog.close} onChanged={changed} />}
      </Show>
      <Show when={openFor('invite')} keyed>
        {(person) => <InvitationDialog person={person} onClose={dialog.close} />}
      </Show>
      <Show when={openFor('welcome')} keyed>
        {(person) => <InvitationDialog person={person} isNew onClose={dialog.close} />}
      </Show>
    </Page>
  )
}

const columns = (onOpen: (person: Person) => void): Column<Person>[] => [
  {
    id: 'name',
    header: t('people.name'),
    isRowHeader: true,
    cell: (person) => <PersonName name={person.name} email={person.email} onOpen={() => onOpen(person)} />,
  },
  {
    id: 'role',
    header: t('people.role'),
    cell: (person) => (
      <Show when={person.role !== 'student'} fallback={common('account.role.student')}>
        <Tag meaning="accent">{common(`account.role.${person.role}`)}</Tag>
      </Show>
    ),
  },
  { id: 'account', header: t('people.account'), cell: (person) => <AccountState of={person} /> },
  {
    id: 'since',
    header: t('people.since'),
    cell: (person) => (
      <span class="people-since">
        <Time at={person.createdAt} show="relative" />
      </span>
    ),
  },
]
