import { formatClockTime } from '../../lib/format'
import { t } from '../../messages/room'
import { Icon, type IconName } from '../../parts/icon'
import type { AnswerPlace } from './engine/room-events'
import './place.css'

/** Where an answer is, in an icon and words. "Stored" is here only on the server's word. Read out by itself is a refusal alone. */
export function Place(props: { place: AnswerPlace | undefined; isOnDisk: boolean }) {
  const place = () => props.place ?? { kind: 'nothing' as const }
  return (
    <p class={`place place-${place().kind}`} role={place().kind === 'refused' ? 'alert' : undefined}>
      <Icon name={icons[place().kind]} />
      {wordsOf(place(), props.isOnDisk)}
    </p>
  )
}

const icons: Record<AnswerPlace['kind'], IconName> = {
  nothing: 'empty',
  kept: 'computer',
  sending: 'upload',
  stored: 'check-circle',
  refused: 'error',
}

function wordsOf(place: AnswerPlace, isOnDisk: boolean): string {
  switch (place.kind) {
    case 'nothing':
      return t('place.nothing')
    case 'kept':
      return t(isOnDisk ? 'place.kept' : 'place.page')
    case 'sending':
      return t('place.sending')
    case 'stored':
      return t(place.isLate ? 'place.late' : 'place.stored', { time: formatClockTime(place.at) })
    case 'refused':
      return t('place.refused', { why: place.why })
  }
}
