import type { Page } from 'playwright-core'

/** What has the focus, as somebody without eyes or mouse would be told: role, name, and whether it can be seen to have it. */
export type Focused = { role: string; name: string; isVisible: boolean; isInDialog: boolean }

/** A person at the keyboard: nothing here points, clicks, or sets a value but by keys. */
export type Keys = {
  /** Presses a key and answers where the focus is then. Throws when it is lost or cannot be seen. */
  press: (key: string) => Promise<Focused>
  type: (text: string) => Promise<void>
  /** Tab, or Shift+Tab, until the name fits; throws after a whole round. */
  tabTo: (name: RegExp, options?: { back?: boolean }) => Promise<Focused>
  focused: () => Promise<Focused>
}

export function createKeys(page: Page): Keys {
  const focused = () => page.evaluate(readFocus)
  const assertGood = ({ role, name, isVisible }: Focused, key: string) => {
    if (role === 'body') throw new Error(`after ${key} the focus is lost`)
    if (!isVisible) throw new Error(`after ${key} nothing shows that “${name}” (${role}) has the focus`)
  }
  const press = async (key: string) => {
    await page.keyboard.press(key)
    // Where a page moves the focus it does so when it has drawn.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))))
    const now = await focused()
    assertGood(now, key)
    return now
  }
  const tabTo: Keys['tabTo'] = async (name, { back = false } = {}) => {
    const key = back ? 'Shift+Tab' : 'Tab'
    const seen: string[] = []
    for (let step = 0; step < 90; step++) {
      await page.keyboard.press(key)
      const now = await focused()
      // Beyond the last and before the first is the browser's own window.
      if (now.role === 'body') continue
      assertGood(now, `${key} from ${seen.at(-1)}`)
      seen.push(now.name)
      if (name.test(now.name)) return now
    }
    throw new Error(`${key} never came to ${name}; it came to ${JSON.stringify(seen.slice(0, 45))}`)
  }
  return { press, tabTo, focused, type: (text) => page.keyboard.type(text) }
}

function readFocus(): Focused {
  const element = document.activeElement
  if (!element || element === document.body) return { role: 'body', name: '', isVisible: true, isInDialog: false }
  const textOf = (ids: string | null) =>
    (ids ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
  const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLLabelElement> | null) ?? [])] : []
  const name =
    element.getAttribute('aria-label') ||
    textOf(element.getAttribute('aria-labelledby')) ||
    labels.map((label) => label.textContent).join(' ') ||
    element.textContent ||
    ''
  // A card may wear the ring of the mark inside it.
  const isRinged = (each: Element | null) => {
    if (!each) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  return {
    role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
    name: name.replace(/\s+/g, ' ').trim(),
    // A heading that the page takes somebody to is no control: where it is, the page itself shows.
    isVisible: element.getAttribute('tabindex') === '-1' || isRinged(element) || isRinged(element.parentElement),
    isInDialog: element.closest('dialog') !== null,
  }
}
