import { Show } from 'solid-js'
import { t } from '../../messages/room'
import { Notice } from '../../parts/notice'
import type { Room } from './room-state'

/** What a student must know of the whole room while it lasts. */
export function RoomNotices(props: { room: Room; isTimeUp: boolean }) {
  return (
    <>
      <Show when={!props.room.state.isKeptOnDisk}>
        <Notice meaning="attention" role="status">
          <p>{t('notDurable')}</p>
        </Notice>
      </Show>
      <Show when={props.room.state.pausedAt}>
        <Notice meaning="attention" role="status" title={t('paused.title')}>
          <p>{t('paused.text')}</p>
        </Notice>
      </Show>
      <Show when={props.isTimeUp}>
        <Notice meaning="attention" role="alert" title={t('timeUp.title')}>
          <p>{t('timeUp.text')}</p>
        </Notice>
      </Show>
    </>
  )
}
