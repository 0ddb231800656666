/**
 * The text as a file of questions can carry it: no control characters, no lone surrogates, no spaces around it. What
 * had to be taken away is a loss.
 */
export function cleanText(text: string, losses: string[]): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
  const kept = text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f]/g, '')
  if (kept !== text) losses.push('Characters that a text file cannot hold are left out.')
  const trimmed = kept.trim()
  if (trimmed !== kept) losses.push('Spaces and line ends at the beginning or the end of a text are left out.')
  return trimmed
}
