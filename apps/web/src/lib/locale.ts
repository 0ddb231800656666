import { createSignal } from 'solid-js'

/** The locales that have a catalogue. `ar` is not translated yet: its words fall back to English, its direction does not. */
export const locales = ['en', 'ar'] as const
export type Locale = (typeof locales)[number]

const rightToLeft: readonly Locale[] = ['ar']
const storageKey = 'hourglass.locale'

const [locale, setLocaleSignal] = createSignal<Locale>(initialLocale())

export { locale }

export const directionOf = (name: Locale): 'ltr' | 'rtl' => (rightToLeft.includes(name) ? 'rtl' : 'ltr')

/** Switches words, formats and direction at once, and keeps the choice in this browser. */
export function setLocale(name: Locale): void {
  setLocaleSignal(name)
  applyDirection()
  try {
    localStorage.setItem(storageKey, name)
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}

/** Tells the document its language and direction. English words stay marked as English, so that they are spoken right. */
export function applyDirection(): void {
  document.documentElement.lang = 'en'
  document.documentElement.dir = directionOf(locale())
}

/** What `Intl` formats by: English words with the reader's own order of day and month. */
export const formatLocale = (): string => {
  const own = typeof navigator === 'undefined' ? 'en-GB' : navigator.language
  return own.startsWith('en') ? own : 'en-GB'
}

function initialLocale(): Locale {
  try {
    const stored = localStorage.getItem(storageKey)
    return locales.find((name) => name === stored) ?? 'en'
  } catch {
    return 'en'
  }
}
