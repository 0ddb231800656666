import type { Accommodation } from '@hourglass/students/model'
import { createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { createLoader } from '../../lib/load'
import { createOpened } from '../../lib/opened'
import { t } from '../../messages/classes'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { PersonName } from '../../parts/person-name'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { Told } from '../../parts/told'
import { minutesOfHour } from './accommodated-time'
import { useClass } from './class-context'
import { GiveTime, RemoveTime, SetTime } from './time-dialogs'

type Dialog = { kind: 'give' } | { kind: 'set' | 'remove'; of: Accommodation }

/** Who has more time in every exam: `/teach/classes/:id/time`. */
export default function TimePage() {
  const open = useClass()
  const loader = createLoader(
    () => open.value().id,
    (classId, signal) => api.get<{ items: Accommodation[] }>(`/api/accommodations?classId=${classId}`, { signal }),
  )
  const dialog = createOpened<Dialog>()
  const [told, setTold] = createSignal('')
  const changed = async (text: string) => {
    setTold(text)
    await loader.reload()
  }
  const chosen = (kind: 'set' | 'remove') => {
    const value = dialog.value()
    return value?.kind === kind ? value.of : null
  }
  const give = (
    <Button variant="primary" icon="plus" onClick={() => dialog.open({ kind: 'give' })}>
      {t('time.give')}
    </Button>
  )
  return (
    <section class="stack" aria-labelledby="time-title">
      <div class="row-apart">
        <div class="stack-tight">
          <h2 id="time-title">{t('time.title')}</h2>
          <p class="soft measure">{t('time.lead')}</p>
        </div>
        <Show when={open.value().students > 0}>{give}</Show>
      </div>
      <Told text={told()} />
      <Loaded of={loader}>
        {(data) => (
          <Table
            caption={t('time.caption')}
            rows={data().items}
            columns={columns((of) => dialog.open({ kind: 'set', of }))}
            empty={
              <Empty title={t('time.empty')} icon="clock">
                {t(open.value().students > 0 ? 'time.emptyText' : 'time.noStudents')}
              </Empty>
            }
          />
        )}
      </Loaded>
      <Show when={dialog.value()?.kind === 'give'}>
        <GiveTime
          classId={open.value().id}
          having={loader.data()?.items ?? []}
          onClose={dialog.close}
          onStored={changed}
        />
      </Show>
      <Show when={chosen('set')} keyed>
        {(of) => (
          <SetTime
            of={of}
            onClose={dialog.close}
            onStored={changed}
            onRemove={() => dialog.open({ kind: 'remove', of })}
          />
        )}
      </Show>
      <Show when={chosen('remove')} keyed>
        {(of) => <RemoveTime of={of} onClose={dialog.close} onStored={changed} />}
      </Show>
    </section>
  )
}

const columns = (onOpen: (of: Accommodation) => void): Column<Accommodation>[] => [
  {
    id: 'student',
    header: t('time.student'),
    isRowHeader: true,
    sortBy: ({ name }) => name,
    cell: (of) => <PersonName name={of.name} email={of.email} onOpen={() => onOpen(of)} />,
  },
  {
    id: 'factor',
    header: t('time.factor'),
    sortBy: ({ timeFactor }) => (timeFactor === 'unlimited' ? 99 : Number(timeFactor)),
    cell: ({ timeFactor }) => (
      <Tag meaning={timeFactor === '1' ? 'neutral' : 'accent'}>{t(`factor.${timeFactor}`)}</Tag>
    ),
  },
  {
    id: 'extra',
    header: t('time.extra'),
    isNumeric: true,
    sortBy: ({ extraMinutes }) => extraMinutes,
    cell: ({ extraMinutes }) => t('time.extraMinutes', { count: extraMinutes }),
  },
  { id: 'example', header: t('time.example'), cell: (of) => exampleOf(of) },
  { id: 'note', header: t('time.note'), cell: ({ note }) => <bdi>{note}</bdi> },
]

function exampleOf(of: Accommodation): string {
  const minutes = minutesOfHour(of)
  return minutes === null ? t('time.exampleUnlimited') : t('time.exampleMinutes', { count: minutes })
}
