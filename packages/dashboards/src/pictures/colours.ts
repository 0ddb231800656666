/** The house's colours on paper, and a row of hues of one lightness for lines; the first is its accent. */
const lines = [
  'oklch(0.5 0.15 262)',
  'oklch(0.66 0.15 60)',
  'oklch(0.56 0.12 155)',
  'oklch(0.55 0.18 27)',
  'oklch(0.6 0.1 215)',
  'oklch(0.52 0.16 310)',
  'oklch(0.62 0.13 110)',
  'oklch(0.64 0.14 350)',
  'oklch(0.45 0.03 260)',
  'oklch(0.72 0.12 85)',
]

export const colourOf = (index: number): string => lines[index % lines.length] ?? 'currentColor'

/** Text as HTML and SVG take it. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
