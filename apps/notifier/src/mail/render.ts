/** A mail before it has a form: plain words, in paragraphs, and one thing to do. */
export type MailText = { subject: string; paragraphs: string[]; link: { label: string; path: string } }

/** One line: a line break in a title would end the header and begin another. */
export const toSubject = (subject: string): string =>
  subject
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim()

export const renderText = ({ paragraphs, link }: MailText, publicUrl: string): string =>
  [...paragraphs, `${link.label}: ${urlOf(link.path, publicUrl)}`, 'Hourglass'].join('\n\n')

export function renderHtml({ subject, paragraphs, link }: MailText, publicUrl: string): string {
  const body = paragraphs.map((paragraph) => `<p>${Bun.escapeHTML(paragraph)}</p>`).join('\n')
  const anchor = `<p><a href="${Bun.escapeHTML(urlOf(link.path, publicUrl))}">${Bun.escapeHTML(link.label)}</a></p>`
  const head = `<meta charset="utf-8"><title>${Bun.escapeHTML(toSubject(subject))}</title>`
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body>\n${body}\n${anchor}\n<p>Hourglass</p>\n</body></html>\n`
}

const urlOf = (path: string, publicUrl: string): string => new URL(path, publicUrl).href
