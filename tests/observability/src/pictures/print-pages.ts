import { openBrowser } from '@hourglass/e2e/browser'
import { shrinkPng } from './shrink-png'

/** A PNG of each page of HTML, as high as the page is. */
export async function printPages(htmls: readonly string[]): Promise<Uint8Array[]> {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1_200, height: 600 } })
    const pictures: Uint8Array[] = []
    for (const html of htmls) {
      await page.setContent(html)
      await page.evaluate('document.fonts.ready')
      pictures.push(shrinkPng(await page.screenshot({ fullPage: true })))
    }
    return pictures
  } finally {
    await browser.close()
  }
}
