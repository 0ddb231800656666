import { onCleanup } from 'solid-js'

/** Gives the focus back to where it was when what calls this is taken off the page. */
export function returnFocus(): void {
  const before = document.activeElement
  onCleanup(() =>
    queueMicrotask(() => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }),
  )
}
