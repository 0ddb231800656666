import type { Finding, OptionStatistics, QuestionStatistics, Statistics } from './model'

/** Below this, discrimination and consistency are mostly chance. */
export const fewAttempts = 30
/** Below this, even a question that everybody solved says nothing yet. */
const leastAttempts = 5

/** What a teacher should look at, in words; the most serious first, then in the order of the paper. */
export function findWhatMatters(statistics: Omit<Statistics, 'findings'>): Finding[] {
  const found = [...findInExam(statistics), ...statistics.questions.flatMap(findInQuestion)]
  const rank = { serious: 0, warning: 1, info: 2 }
  return found.toSorted((a, b) => rank[a.severity] - rank[b.severity])
}

const nothing = { questionId: null, optionId: null, value: null }

function findInExam({ size, isTooFew, unmarked, attempts, totals }: Omit<Statistics, 'findings'>): Finding[] {
  const findings: Finding[] = []
  const { internalConsistency } = totals
  if (isTooFew) {
    const message = `Only ${count(size, 'attempt')}: with fewer than ${fewAttempts}, read discrimination and consistency as hints.`
    findings.push({ ...nothing, kind: 'too-few', severity: 'info', value: size, message })
  }
  if (unmarked > 0) {
    const message = `${count(unmarked, 'attempt')} left out: a person has yet to mark an answer.`
    findings.push({ ...nothing, kind: 'unmarked', severity: 'info', value: unmarked, message })
  }
  if (attempts !== 'first') {
    const message = `These figures count ${attempts === 'all' ? 'all attempts' : `each student's ${attempts} attempt`}: practice makes questions look easier.`
    findings.push({ ...nothing, kind: 'not-first-attempts', severity: 'info', message })
  }
  if (!isTooFew && internalConsistency !== null && internalConsistency < 60) {
    const message = `The questions hang together weakly (α = ${Math.round(internalConsistency)} %): totals say little about who knows more.`
    findings.push({ ...nothing, kind: 'low-consistency', severity: 'warning', value: internalConsistency, message })
  }
  return findings
}

function findInQuestion(question: QuestionStatistics): Finding[] {
  const { questionId, number, attempts, facility, discriminationIndex: index, unanswered } = question
  if (attempts < leastAttempts || question.hasFullCredit) return []
  const findings: Finding[] = []
  const add = (
    kind: Finding['kind'],
    severity: Finding['severity'],
    value: number,
    message: string,
    optionId?: string,
  ) => findings.push({ kind, severity, questionId, optionId: optionId ?? null, value, message })
  const lure = findLure(question)
  if (lure) {
    add(
      'wrong-key',
      'serious',
      lure.upper,
      `Question ${number}: option ${letterOf(question, lure)} drew the best students: is the key wrong?`,
      lure.optionId,
    )
  }
  if (facility !== null && facility >= 0.95) {
    add(
      'too-easy',
      'info',
      100 * facility,
      `Question ${number} is too easy to tell students apart: ${percent(facility)} of its marks were earned.`,
    )
  }
  if (facility !== null && facility <= 0.2) {
    add(
      'too-hard',
      'warning',
      100 * facility,
      `Question ${number} is very hard: ${percent(facility)} of its marks were earned.`,
    )
  }
  if (index !== null && index < 0) {
    const severity = question.discriminationInterval && question.discriminationInterval.high < 0 ? 'serious' : 'warning'
    add(
      'negative-discrimination',
      severity,
      index,
      `Question ${number} has negative discrimination (${Math.round(index)} %): students who did well elsewhere did worse here.`,
    )
  } else if (index !== null && index < 20 && attempts >= fewAttempts) {
    add(
      'low-discrimination',
      'info',
      index,
      `Question ${number} hardly separates strong from weak students (${Math.round(index)} %).`,
    )
  }
  if (unanswered / attempts >= 0.3) {
    add(
      'often-unanswered',
      'warning',
      (100 * unanswered) / attempts,
      `Question ${number} was left without an answer by ${percent(unanswered / attempts)} of students.`,
    )
  }
  for (const option of question.options) {
    if (option.optionId === '' || option.count > 0 || Number(option.weight) > 0 || attempts < fewAttempts) continue
    add(
      'unused-option',
      'info',
      0,
      `Question ${number}: nobody chose option ${letterOf(question, option)}; it distracts no one.`,
      option.optionId,
    )
  }
  return findings
}

/**
 * A wrong option that the upper third chose more often than any right one, and more often than the lower third did: strong
 * students are drawn to it, so the fault may be the key's.
 */
function findLure({ type, options }: QuestionStatistics): OptionStatistics | null {
  if (type === 'multiple-choice') return null
  const isRight = (option: OptionStatistics) => Number(option.weight) > 0
  const bestRight = Math.max(0, ...options.filter(isRight).map(({ upper }) => upper))
  const lures = options.filter(
    (each) => each.optionId !== '' && !isRight(each) && each.upper > bestRight && each.upper >= each.lower,
  )
  return lures.toSorted((a, b) => b.upper - a.upper)[0] ?? null
}

/** A, B, C … in the order of the paper; true and false are words. */
function letterOf({ type, options }: QuestionStatistics, { optionId }: OptionStatistics): string {
  if (type === 'true-false') return `“${optionId}”`
  const place = options.findIndex((option) => option.optionId === optionId)
  return place < 26 ? String.fromCharCode(65 + place) : String(place + 1)
}

const count = (size: number, noun: string) => `${size} ${size === 1 ? noun : `${noun}s`}`
const percent = (share: number) => `${Math.round(100 * share)} %`
