import { t } from '../../messages/room'
import { Icon, type IconName } from '../../parts/icon'
import type { Room } from './room-state'

/** How things stand between this computer and the server, in words. */
export function ConnectionLine(props: { room: Room }) {
  const unsent = () => props.room.unsentCount()
  const kind = () => {
    if (props.room.state.connection !== 'ok') return props.room.state.connection
    return unsent() > 0 ? 'kept' : 'ok'
  }
  const words = () => {
    if (unsent() > 0 && !props.room.state.isKeptOnDisk) return t('connection.page', { count: unsent() })
    return kind() === 'kept' ? t('connection.kept', { count: unsent() }) : t(`connection.${kind() as Plain}`)
  }
  return (
    <span class={`connection connection-${kind()}`} role="status">
      <Icon name={iconOf(kind())} />
      <span>{words()}</span>
    </span>
  )
}

type Plain = 'ok' | 'offline' | 'busy' | 'paused' | 'signed-out'

const iconOf = (kind: string): IconName => (kind === 'ok' ? 'check-circle' : kind === 'kept' ? 'computer' : 'warning')
