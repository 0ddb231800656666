import type { KeyGap, KeyOf } from '@hourglass/questions/key'
import { scoreChoice } from './choice'
import { scoreNumber } from './numeric'
import type { Raw } from './outcome'
import { clamp, compare, divide, multiply, one, parseDecimal, sum, zero } from './rational'
import { scoreText } from './short-text'

/** The mean of the gaps' fractions, each held to 0…1 and weighted by its share (Moodle `qtype_multianswer`). */
export function scoreGaps(key: KeyOf<'gap-fill'>, gaps: Readonly<Record<string, string>>): Raw {
  const total = sum(key.gaps.map((gap) => parseDecimal(gap.share)))
  if (compare(total, zero) <= 0) return { fraction: zero, feedback: [] }
  const raws = key.gaps.map((gap) => scoreGap(gap, Object.hasOwn(gaps, gap.id) ? (gaps[gap.id] ?? '') : ''))
  const earned = key.gaps.map((gap, index) =>
    multiply(parseDecimal(gap.share), clamp(raws[index]?.fraction ?? zero, zero, one)),
  )
  return { fraction: divide(sum(earned), total), feedback: raws.flatMap((raw) => raw.feedback) }
}

function scoreGap(gap: KeyGap, answer: string): Raw {
  if (answer.trim() === '') return { fraction: zero, feedback: [] }
  switch (gap.kind) {
    case 'choice':
      return scoreChoice(gap, answer)
    case 'short':
      return scoreText(gap, answer)
    case 'numeric':
      return scoreNumber(gap, answer, null)
  }
}
