import { isMeasuring } from './choice'
import { type Note, type Place, passNotes } from './notes'
import { createPending, type WaitingSpan } from './report'
import { routeOf } from './routes'
import { createWaits, failureOf } from './saves'
import { createSending } from './send'
import { followViews, type View } from './views'
import { watchVitals } from './vitals'

const everyMs = 30_000

/**
 * Measures this page from here on and tells the server, without a word on who or what: loaded when the page is at rest, and not at
 * all where it was refused. What is noted before waits for it.
 */
export function startMeasuring(): void {
  const pending = createPending()
  const waits = createWaits()
  const route = () => routeOf(location.pathname)
  const vitals = watchVitals()
  const sending = createSending(pending, { everyMs, onUnwelcome: () => stop() })
  const views = followViews({
    onView: (view) => pending.merge(measuresOf(view)),
    onChange: (path, at) => pending.merge(vitals.endView(routeOf(path), at)),
  })
  let [lastAnswerAt, firstPath, isLive] = [0, '', false]
  const take = (note: Note, at: number) => {
    switch (note[0]) {
      case 'place': {
        const seconds = waits.see(note[1], note[2], at)
        if (seconds === null) return
        pending.merge({ keptSeconds: [seconds] })
        return sending.wake()
      }
      case 'failed-save': {
        const reason = failureOf(note[1], note[2])
        return reason === null ? undefined : pending.merge({ failedSaves: [{ reason, count: 1 }] })
      }
      case 'leave':
        if (!note[3]) {
          firstPath ||= note[1]
          waits.forget()
        }
        return views.leave(note[1], note[2], note[3], at, isLive ? undefined : lastAnswerAt)
      case 'call':
        lastAnswerAt = at
        return pending.merge({ spans: [spanOf(note, route(), at)] })
    }
  }
  const takeFirst = () => pending.merge(vitals.takeFirst(routeOf(firstPath || location.pathname)))
  const turn = () => {
    // Refused meanwhile, perhaps in another tab: nothing of what waits is sent.
    if (!isMeasuring()) return stop()
    takeFirst()
    void sending.send()
  }
  const hide = () => {
    if (document.visibilityState !== 'hidden') return
    pending.merge(vitals.endView(route(), performance.now()))
    turn()
  }
  const stop = () => {
    passNotes(null)
    clearInterval(timer)
    document.removeEventListener('visibilitychange', hide)
    vitals.stop()
    views.stop()
  }
  const timer = setInterval(turn, everyMs)
  document.addEventListener('visibilitychange', hide)
  passNotes(take)
  isLive = true
  views.look(lastAnswerAt)
}

function measuresOf({ path, arrival, place, startedAt, endedAt }: View) {
  const route = routeOf(path)
  return {
    loads: [{ route, arrival, seconds: (endedAt - startedAt) / 1_000 }],
    spans: [{ ...idsOf(place), route, call: null, startedAt, durationMs: endedAt - startedAt }],
  }
}

function spanOf(
  [, method, path, place, startedAt, status]: Extract<Note, ['call', ...unknown[]]>,
  route: string,
  at: number,
): WaitingSpan {
  const [, noun = ''] = /^\/api\/([a-z-]+)/.exec(path) ?? []
  return { ...idsOf(place), route, call: { method, noun, status }, startedAt, durationMs: at - startedAt }
}

const idsOf = ([traceId, spanId, parent]: Place) => ({ traceId, spanId, parentSpanId: parent || null })
