export type CarryTo = {
  /** The pointer is at this height and width of the window. */
  onOver: (x: number, y: number) => void
  /** It was let go, or the carrying was given up: Escape, a second finger, a scroll of the system's. */
  onEnd: (isDropped: boolean) => void
}

/** So far a mouse may slip in a click that carries nothing. */
const slipPixels = 4
/** So near the edge of the window the page scrolls under what is carried. */
const edgePixels = 88
const scrollStepPixels = 8

/**
 * Lets a pointer carry an element, from `pointerdown` on: a mouse takes it anywhere, a finger or a pen by its grip (`[data-grip]`), so
 * that the page can be scrolled beside it. The element itself stays in its place in the document and is only drawn at the pointer.
 */
export function carry(down: PointerEvent & { currentTarget: HTMLElement }, to: CarryTo): void {
  const { currentTarget: element, pointerId, target } = down
  if (!down.isPrimary || down.button !== 0 || !(target instanceof Element) || target.closest('button')) return
  if (down.pointerType !== 'mouse' && !target.closest('[data-grip]')) return
  const start = { x: down.clientX, y: down.clientY, scroll: scrollY }
  let at = { x: start.x, y: start.y }
  let isCarried = false
  let frame = 0
  const draw = () => {
    element.style.setProperty('--carried', `${at.x - start.x}px ${at.y - start.y + scrollY - start.scroll}px`)
    to.onOver(at.x, at.y)
  }
  const scroll = () => {
    const by = at.y < edgePixels ? -scrollStepPixels : at.y > innerHeight - edgePixels ? scrollStepPixels : 0
    if (by !== 0) {
      scrollBy(0, by)
      draw()
    }
    frame = requestAnimationFrame(scroll)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return
    at = { x: event.clientX, y: event.clientY }
    if (!isCarried && Math.hypot(at.x - start.x, at.y - start.y) < slipPixels) return
    if (!isCarried) {
      isCarried = true
      element.classList.add('carried')
      frame = requestAnimationFrame(scroll)
    }
    draw()
  }
  const over = new AbortController()
  const end = (isDropped: boolean) => {
    over.abort()
    cancelAnimationFrame(frame)
    element.classList.remove('carried')
    if (isCarried) to.onEnd(isDropped)
  }
  const { signal } = over
  addEventListener('pointermove', move, { signal })
  addEventListener('pointerup', (event: PointerEvent) => event.pointerId === pointerId && end(true), { signal })
  addEventListener('pointercancel', () => end(false), { signal })
  addEventListener('keydown', ({ key }: KeyboardEvent) => key === 'Escape' && end(false), { signal })
}

/** Which of these boxes holds the point; -1 for none. */
export const boxAt = (elements: readonly Element[], x: number, y: number): number =>
  elements.findIndex((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    return x >= left && x <= right && y >= top && y <= bottom
  })

/** The place in a list that a carried element of it would get: as many others lie above the pointer. */
export const placeAt = (rows: readonly Element[], carried: number, y: number): number =>
  rows.filter((row, index) => {
    const { top, height } = row.getBoundingClientRect()
    return index !== carried && top + height / 2 < y
  }).length
