import { createSignal } from 'solid-js'

export type Opened<Value> = {
  value: () => Value | null
  open: (value: Value) => void
  close: () => void
}

/** Which dialog is open, and for what. However many follow one another, the focus goes back to what opened the first. */
export function createOpened<Value>(): Opened<Value> {
  const [value, setValue] = createSignal<Value | null>(null)
  let opener: Element | null = null
  return {
    value,
    open: (next) => {
      if (value() === null) opener = document.activeElement
      setValue(() => next)
    },
    close: () => {
      if (value() === null) return
      setValue(null)
      // The dialog must be gone first: the page behind an open one takes no focus.
      queueMicrotask(() => focusAgain(opener))
    },
  }
}

function focusAgain(opener: Element | null): void {
  const target = opener?.isConnected ? opener : document.getElementById('content')
  if (target instanceof HTMLElement) target.focus()
}
