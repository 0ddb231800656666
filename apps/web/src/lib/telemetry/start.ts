import { isMeasuring } from './choice'
import { passNotes } from './notes'

/** How long after everything is loaded the measuring script may be asked for: nobody waits for it. */
const restMs = 1_000

/** Has this page measured, unless it was refused. */
export function measureAtRest(): void {
  if (!isMeasuring()) return
  addEventListener('load', () => setTimeout(begin, restMs))
}

const begin = () =>
  import('./measure').then(
    ({ startMeasuring }) => startMeasuring(),
    () => passNotes(null),
  )
