import type { Class } from '@hourglass/students/model'
import { type RouteSectionProps, useNavigate, useParams } from '@solidjs/router'
import { createMemo, type JSX, Match, Show, Switch } from 'solid-js'
import { api } from '../../lib/api'
import { createAction, createLoader } from '../../lib/load'
import { createOpened } from '../../lib/opened'
import { t } from '../../messages/classes'
import { ButtonLink } from '../../parts/button'
import { Loaded } from '../../parts/loaded'
import { Menu, type MenuItem } from '../../parts/menu'
import { ErrorNotice, Notice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { SectionNav } from '../../parts/section-nav'
import { ClassContext } from './class-context'
import { ArchiveClass, DeleteClass, RenameClass } from './class-dialogs'

/** The frame of one class: its name, what can be done to it, and its pages below. */
export default function ClassPage(props: RouteSectionProps) {
  const params = useParams<{ id: string }>()
  const loader = createLoader(
    () => params.id,
    (id, signal) => api.get<Class>(`/api/classes/${id}`, { signal }),
  )
  return (
    <Show
      when={loader.data()}
      fallback={
        <Page
          title={t('class.title')}
          actions={
            <ButtonLink href="/teach/classes" icon="previous">
              {t('class.all')}
            </ButtonLink>
          }
        >
          <Loaded of={loader}>{() => null}</Loaded>
        </Page>
      }
    >
      {(found) => (
        <ClassContext.Provider value={{ value: found, reload: loader.reload }}>
          <ClassFrame of={found()} onChange={loader.set}>
            {props.children}
          </ClassFrame>
        </ClassContext.Provider>
      )}
    </Show>
  )
}

function ClassFrame(props: { of: Class; onChange: (changed: Class) => void; children: JSX.Element }) {
  const navigate = useNavigate()
  const dialog = createOpened<'rename' | 'archive' | 'delete'>()
  const restore = createAction()
  const bringBack = () =>
    restore.run(async () =>
      props.onChange(await api.patch<Class>(`/api/classes/${props.of.id}`, { isArchived: false })),
    )
  const address = () => `/teach/classes/${props.of.id}`
  const items = createMemo((): MenuItem[] => [
    { label: t('rename.action'), onSelect: () => dialog.open('rename') },
    props.of.isArchived
      ? { label: t('restore.action'), onSelect: () => void bringBack() }
      : { label: t('archive.action'), onSelect: () => dialog.open('archive') },
    ...(props.of.students === 0
      ? [{ label: t('delete.action'), isDangerous: true, onSelect: () => dialog.open('delete') }]
      : []),
  ])
  return (
    <Page
      title={props.of.name}
      lead={t('class.lead', {
        students: t('class.students', { count: props.of.students }),
        teachers: t('class.teachers', { count: props.of.teachers }),
      })}
      actions={<Menu label={t('class.more')} accessibleName={t('class.moreOf')} items={items()} />}
    >
      <Show when={props.of.isArchived}>
        <Notice meaning="attention" title={t('archived.tag')}>
          <p>{t('archived.text')}</p>
        </Notice>
      </Show>
      <Show when={restore.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      <SectionNav
        label={t('class.sections')}
        links={[
          { href: address(), label: t('class.members') },
          { href: `${address()}/roster`, label: t('class.roster') },
          { href: `${address()}/time`, label: t('class.time') },
        ]}
      />
      {props.children}
      <Switch>
        <Match when={dialog.value() === 'rename'}>
          <RenameClass of={props.of} onClose={dialog.close} onDone={props.onChange} />
        </Match>
        <Match when={dialog.value() === 'archive'}>
          <ArchiveClass of={props.of} onClose={dialog.close} onDone={props.onChange} />
        </Match>
        <Match when={dialog.value() === 'delete'}>
          <DeleteClass of={props.of} onClose={dialog.close} onDone={() => navigate('/teach/classes')} />
        </Match>
      </Switch>
    </Page>
  )
}
