import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Debian's Chromium, as the test command found or installed it. Background traffic off: tests speak to this machine alone. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.HOURGLASS_CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new Error(`there is no Chromium at ${executablePath}: set HOURGLASS_CHROMIUM`)
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** What a page complained of: an error in its console or an exception. A refused request is told by the page itself. */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const isRequest = message.text().startsWith('Failed to load resource') || message.text().includes('net::ERR')
    if (message.type() === 'error' && !isRequest) complaints.push(message.text())
  })
  return complaints
}

/** A browser of its own for one person, signed in through the page. */
export async function signInPage(
  browser: Browser,
  url: string,
  person: { email: string; password: string },
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints = collectComplaints(page)
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'attached' })
  return { context, page, complaints }
}

/** Starts an exam from the list, as a student does. */
export async function startExam(page: Page, url: string, examId: string): Promise<void> {
  await page.goto(`${url}/exams/${examId}`)
  const [start, resume] = [page.getByRole('button', { name: /^Start attempt/ }), page.getByText(/^Go on with attempt/)]
  await start.or(resume).first().click()
  await page.getByRole('heading', { name: /^Question 1 of/ }).waitFor()
}

/** Waits until the page says that the answer on it is stored; answers those words. */
export async function storedWords(page: Page, withinMs = 15_000): Promise<string | null> {
  const place = page.locator('.place-stored').first()
  await place.waitFor({ timeout: withinMs })
  return place.textContent()
}
