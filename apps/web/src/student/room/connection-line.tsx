import { createEffect, createSignal } from 'solid-js'
import { t } from '../../messages/room'
import { Icon, type IconName } from '../../parts/icon'
import type { Room } from './room-state'
import './place.css'

/**
 * How things stand between this computer and the server, in words. Read out is only what changes something: that trouble began,
 * and that it is over and everything stored. Every single answer would drown the exam.
 */
export function ConnectionLine(props: { room: Room }) {
  const [told, setTold] = createSignal('')
  let hadTrouble = false
  const unsent = () => props.room.unsentCount()
  const kind = () => {
    if (props.room.state.connection !== 'ok') return props.room.state.connection
    return unsent() > 0 ? 'kept' : 'ok'
  }
  const words = () => {
    if (unsent() > 0 && !props.room.state.isKeptOnDisk) return t('connection.page', { count: unsent() })
    return kind() === 'kept' ? t('connection.kept', { count: unsent() }) : t(`connection.${kind() as Plain}`)
  }
  createEffect(() => {
    const { connection } = props.room.state
    if (connection !== 'ok') setTold(t(`connection.${connection}`))
    else if (hadTrouble && unsent() === 0) setTold(t('connection.ok'))
    hadTrouble = connection !== 'ok' || (hadTrouble && unsent() > 0)
  })
  return (
    <>
      <span class={`connection connection-${kind()}`}>
        <Icon name={iconOf(kind())} />
        <span>{words()}</span>
      </span>
      <span class="hidden-text" role="status">
        {told()}
      </span>
    </>
  )
}

type Plain = 'ok' | 'offline' | 'busy' | 'paused' | 'signed-out'

const iconOf = (kind: string): IconName => (kind === 'ok' ? 'check-circle' : kind === 'kept' ? 'computer' : 'warning')
