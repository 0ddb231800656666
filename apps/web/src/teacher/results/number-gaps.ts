/** Puts a number where each gap of a gap-fill text stands, so that the answers below can be told apart. */
export function numberGaps(html: string): string {
  let number = 0
  return html.replace(/<span data-gap="[^"]*"><\/span>/g, () => `<strong class="gap-number">[${++number}]</strong>`)
}
