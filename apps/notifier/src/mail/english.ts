import type { MailKind } from './mailer'
import type { MailText } from './render'

/** What the mails of every kind are told. Times are those of the class; a student's own may differ. */
type Facts = {
  name: string
  title: string
  opensAt: Date | null
  closesAt: Date | null
  limitSeconds: number | null
  /** Of a released result: the attempt. */
  subjectId: string
}

/** The mails in English. Another language is another object of this shape. */
export const english: Record<MailKind, (facts: Facts) => MailText> = {
  'exam-scheduled': (facts) => ({
    subject: `Exam: ${facts.title}`,
    paragraphs: [
      `Hello ${facts.name},`,
      `the exam “${facts.title}” is scheduled for your class.`,
      ...timesOf(facts),
      ownTimes,
    ],
    link: { label: 'Open your exams', path: '/exams' },
  }),
  'exam-changed': (facts) => ({
    subject: `New times: ${facts.title}`,
    paragraphs: [
      `Hello ${facts.name},`,
      `the times of the exam “${facts.title}” have changed. These hold now:`,
      ...timesOf(facts),
      ownTimes,
    ],
    link: { label: 'Open your exams', path: '/exams' },
  }),
  'exam-cancelled': ({ name, title }) => ({
    subject: `Cancelled: ${title}`,
    paragraphs: [`Hello ${name},`, `the exam “${title}” was cancelled. You need do nothing.`],
    link: { label: 'Open your exams', path: '/exams' },
  }),
  'result-released': ({ name, title, subjectId }) => ({
    subject: `Your result: ${title}`,
    paragraphs: [`Hello ${name},`, `your result of “${title}” has been released.`],
    link: { label: 'See your result', path: `/results/${subjectId}` },
  }),
}

const ownTimes = 'If you have other times than your class, your exams page shows yours.'

const timesOf = ({ opensAt, closesAt, limitSeconds }: Facts): string[] => [
  opensAt ? `Opens: ${toWords(opensAt)}` : 'Opens: it is open already',
  closesAt ? `Closes: ${toWords(closesAt)}` : 'Closes: no closing time',
  limitSeconds ? `Time limit: ${durationOf(limitSeconds)}` : 'Time limit: none',
]

const instants = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' })
const toWords = (instant: Date): string => `${instants.format(instant)} UTC`

/** `5400` → `1 hour 30 minutes`. */
function durationOf(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3_600), 'hour'],
    [Math.floor((seconds % 3_600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ]
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ')
}
