import type { Arrival } from '@hourglass/kit/page-report'
import { firstPlace, type Place, view } from './notes'
import { firstHiddenAt, readNavigation } from './vitals'

/** A page that came up: from when somebody asked for it until what it had asked for was there. */
export type View = { path: string; arrival: Arrival; place: Place; startedAt: number; endedAt: number }
type Coming = Omit<View, 'path' | 'endedAt'> & { isShown: boolean }

const lookEveryMs = 50
/** So long a page is waited for; then it counts as there, or there was none to come. */
const longestMs = 60_000

/** Follows from page to page. `onChange`: the address has changed, away from `path`, which was left at that time. */
export function followViews(events: { onView: (view: View) => void; onChange: (path: string, at: number) => void }) {
  const navigation = readNavigation()
  let timer: ReturnType<typeof setTimeout> | undefined
  let [path, search] = [location.pathname, location.search]
  let coming: Coming | null = {
    ...{ arrival: arrivalOf(navigation?.type), place: firstPlace, startedAt: 0, isShown: true },
  }

  const give = () => {
    coming = null
    view.place = undefined
  }
  const finish = ({ isShown: _, ...shown }: Coming, endedAt: number) => {
    const isSeen = shown.arrival === 'route' || firstHiddenAt() > endedAt
    if (isSeen) events.onView({ ...shown, path, endedAt })
  }
  /** @param lastAnswerAt of what pages had asked for, where they may have been there before anybody looked */
  const look = (lastAnswerAt?: number) => {
    clearTimeout(timer)
    if (!coming) return
    if (location.pathname !== path) {
      if (coming.arrival === 'route') events.onChange(path, coming.startedAt)
      path = location.pathname
      coming.isShown = true
    }
    const endedAt = lastAnswerAt === undefined ? performance.now() : earliestEnd(coming, lastAnswerAt)
    const isSamePage = !coming.isShown && location.search !== search
    search = location.search
    const isOverdue = endedAt - coming.startedAt > longestMs
    if (isSamePage || (isOverdue && !coming.isShown)) return give()
    // Every page that waits for something shows the shape of it.
    if (!coming.isShown || (!isOverdue && document.querySelector('.skeleton'))) {
      timer = setTimeout(look, lookEveryMs)
      return
    }
    finish(coming, endedAt)
    give()
  }
  const earliestEnd = ({ arrival, startedAt }: Coming, lastAnswerAt: number) =>
    Math.max(arrival === 'route' ? startedAt : (navigation?.loadEventEnd ?? 0), lastAnswerAt)
  return {
    look,
    /**
     * Somebody goes elsewhere, or the page itself sends on (`isSentOn`), which is part of its coming.
     * @param lastAnswerAt as of `look`, of a note that has waited; the page was there then
     */
    leave: (from: string, place: Place, isSentOn: boolean, at: number, lastAnswerAt?: number) => {
      if (coming && isSentOn) return
      path = from
      if (coming && lastAnswerAt !== undefined) finish(coming, earliestEnd(coming, lastAnswerAt))
      coming = { arrival: 'route', place, startedAt: at, isShown: false }
      search = location.search
      clearTimeout(timer)
      timer = setTimeout(look, lookEveryMs)
    },
    stop: () => clearTimeout(timer),
  }
}

const arrivalOf = (type: string | undefined): Arrival =>
  type === 'reload' ? type : type === 'back_forward' ? 'back-forward' : 'navigate'
