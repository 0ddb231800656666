import { t } from '../../messages/quizzes'

const members = {
  title: () => t('member.title'),
  stem: () => t('member.stem'),
  intro: () => t('member.intro'),
  text: () => t('member.text'),
  format: () => t('member.format'),
  weight: () => t('member.weight'),
  feedback: () => t('member.feedback'),
  explanation: () => t('member.explanation'),
  maxMarks: () => t('member.marks'),
  tags: () => t('member.tags'),
  tag: () => t('member.tag'),
  count: () => t('member.count'),
  choices: () => t('member.choices'),
  accepted: () => t('member.accepted'),
  pattern: () => t('member.pattern'),
  gaps: () => t('member.gaps'),
  pairs: () => t('member.pairs'),
  items: () => t('member.items'),
  sections: () => t('member.sections'),
  settings: () => t('member.settings'),
} as const

/** An address inside of a draft in words: "Options 2, weight". Names that no text has are split into their words. */
export function sayPath(path: readonly string[]): string {
  const words = path.map((name) => {
    if (/^\d+$/.test(name)) return String(Number(name) + 1)
    return (
      Object.entries(members).find(([member]) => member === name)?.[1]() ??
      name.replace(/([A-Z])/g, ' $1').toLowerCase()
    )
  })
  const said = words.reduce((sentence, word) => (/^\d+$/.test(word) ? `${sentence} ${word}` : `${sentence}, ${word}`))
  return said.charAt(0).toUpperCase() + said.slice(1)
}
