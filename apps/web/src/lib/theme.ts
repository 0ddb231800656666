import { createSignal } from 'solid-js'

export type Theme = 'system' | 'light' | 'dark'

const storageKey = 'hourglass.theme'
const [theme, setThemeSignal] = createSignal<Theme>(storedTheme())

export { theme }

/** Applies a theme at once and keeps the choice in this browser; `system` follows the computer. */
export function setTheme(name: Theme): void {
  setThemeSignal(name)
  if (name === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = name
  try {
    if (name === 'system') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, name)
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}
