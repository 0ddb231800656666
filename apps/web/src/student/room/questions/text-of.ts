/** The words of sanitised HTML, for where no element can stand. */
export function textOf(html: string): string {
  const holder = new DOMParser().parseFromString(html, 'text/html')
  return holder.body.textContent?.trim() ?? ''
}
