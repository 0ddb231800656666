import { t } from '../../messages/room'
import { Icon, type IconName } from '../../parts/icon'
import type { Room } from './room-state'

/** How things stand between this computer and the server, in words. */
export function ConnectionLine(props: { room: Room }) {
  const unsent = () =>
    Object.values(props.room.state.places).filter((place) => place?.kind === 'kept' || place?.kind === 'sending').length
  const kind = () => {
    if (props.room.state.connection !== 'ok') return props.room.state.connection
    return unsent() > 0 ? 'kept' : 'ok'
  }
  return (
    <p class={`connection connection-${kind()}`} role="status">
      <Icon name={iconOf(kind())} />
      <span>{kind() === 'kept' ? t('connection.kept', { count: unsent() }) : t(`connection.${kind() as Plain}`)}</span>
    </p>
  )
}

type Plain = 'ok' | 'offline' | 'busy' | 'paused' | 'signed-out'

const iconOf = (kind: string): IconName => (kind === 'ok' ? 'check-circle' : kind === 'kept' ? 'computer' : 'warning')
