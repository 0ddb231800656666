import type { Page } from 'playwright-core'
import { findViolations } from './accessibility'

type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>
type Look = {
  name: string
  width: number
  height: number
  media?: Media
  direction?: 'rtl'
  /** Of WCAG 1.4.12: what somebody who reads with difficulty may set. */
  hasWideText?: boolean
  /** Whether axe looks; it takes longer than all else together. */
  isSearched?: boolean
}

/**
 * How a page may be looked at. 320 px is also a window of 1280 px at 400 % (WCAG 1.4.10), 720 px one of 1440 px at 200 %.
 */
const looks: readonly Look[] = [
  { name: 'desktop, light', width: 1_440, height: 900, isSearched: true },
  { name: 'forced colours', width: 1_440, height: 900, media: { forcedColors: 'active' } },
  { name: 'right to left', width: 1_440, height: 900, direction: 'rtl' },
  { name: 'tablet', width: 768, height: 1_000 },
  { name: '200 %', width: 720, height: 450 },
  { name: 'wide text', width: 720, height: 900, hasWideText: true },
  { name: 'phone, right to left', width: 360, height: 740, direction: 'rtl' },
  { name: 'phone, dark', width: 360, height: 740, media: { colorScheme: 'dark' }, isSearched: true },
  { name: '400 %', width: 320, height: 640 },
]

/** Looks at the page that is open in each way, without loading it again; answers what is wrong. */
export async function inspectLooks(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const look of looks) {
    const { width, height, media = {}, direction = 'ltr', hasWideText = false, isSearched = false } = look
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce', ...media })
    await page.evaluate(dress, { direction, hasWideText })
    const faults = [...(isSearched ? await findViolations(page) : []), ...(await page.evaluate(findFaults))]
    found.push(...faults.map((fault) => `${name} (${look.name}): ${fault}`))
  }
  await page.evaluate(dress, { direction: 'ltr', hasWideText: false })
  return found
}

function dress({ direction, hasWideText }: { direction: string; hasWideText: boolean }): Promise<void> {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
  )
  document.documentElement.dir = direction
  document.adoptedStyleSheets = hasWideText ? [sheet] : []
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))
}

/** Sideways scrolling, motion in spite of the wish for none, and words that nobody can see. */
function findFaults(): string[] {
  const root = document.documentElement
  const faults: string[] = []
  const overflow = root.scrollWidth - root.clientWidth
  if (overflow > 1) {
    const isOut = (each: Element) => {
      const { left, right } = each.getBoundingClientRect()
      return right > root.clientWidth + 1 || left < -1
    }
    const widest = [...document.querySelectorAll('body *')].filter(isOut).slice(0, 3)
    const names = widest.map((each) => `${each.tagName.toLowerCase()}.${each.className}`).join(', ')
    faults.push(`${overflow} px wider than the window: ${names}`)
  }
  for (const animation of document.getAnimations()) {
    const { duration, iterations } = animation.effect?.getComputedTiming() ?? {}
    if (Number(duration) > 20 || iterations === Number.POSITIVE_INFINITY) faults.push('something moves')
  }
  const plate = document.body.appendChild(document.createElement('i'))
  plate.style.backgroundColor = 'Canvas'
  const canvas = getComputedStyle(plate).backgroundColor
  plate.remove()
  const isForced = matchMedia('(forced-colors: active)').matches
  for (const button of document.querySelectorAll('button, a.button')) {
    const { color, backgroundColor, forcedColorAdjust } = getComputedStyle(button)
    // Where colours are forced the browser lays a plate of the page's colour behind words.
    const ground = isForced && forcedColorAdjust !== 'none' ? canvas : backgroundColor
    if (color === ground) faults.push(`the words of “${button.textContent}” have the colour of their ground`)
    const isCut = button.scrollWidth > button.clientWidth + 2 && getComputedStyle(button).overflowX !== 'auto'
    if (isCut && button.clientWidth > 0) faults.push(`“${button.textContent}” is cut`)
  }
  return faults
}
