/** The text of sanitised HTML; a document of its own loads nothing and runs nothing. */
export const toPlainText = (html: string): string =>
  (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim()

export const shorten = (text: string): string => (text.length > 90 ? `${text.slice(0, 88)}…` : text)
