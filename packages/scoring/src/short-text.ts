import type { Raw } from './outcome'
import { weightToFraction, zero } from './rational'
import { matchesPattern } from './text'

type TextRules = { accepted: { pattern: string; weight: string; feedbackHtml: string }[]; caseSensitive: boolean }

/** The first accepted text that fits decides, in the author's order (Moodle `qtype_shortanswer`). */
export function scoreText(key: TextRules, text: string): Raw {
  const fit = key.accepted.find(({ pattern }) => matchesPattern(text, pattern, key.caseSensitive))
  return fit
    ? { fraction: weightToFraction(fit.weight), feedback: [fit.feedbackHtml] }
    : { fraction: zero, feedback: [] }
}
