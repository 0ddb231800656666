import type { Db } from '@hourglass/kit/db/connect'
import { eq } from 'drizzle-orm'
import { english } from '../mail/english'
import type { Mail } from '../mail/mailer'
import { renderHtml, renderText, toSubject } from '../mail/render'
import { exams, people } from '../schema'
import { isStillOpen, timesSubject } from './plan'
import type { Delivery } from './send'

type Exam = typeof exams.$inferSelect

/**
 * The mail of a delivery as things are now, so that mails which overtake each other never leave a wrong time behind. `null`
 * when it has become pointless: the exam was cancelled, is over, or was moved once more. Throws when the person is not known.
 */
export async function composeMail(db: Db, publicUrl: string, delivery: Delivery): Promise<Mail | null> {
  const [person] = await db.select().from(people).where(eq(people.personId, delivery.personId))
  if (!person) throw new Error(`there is no address of ${delivery.personId}`)
  const [exam] = await db.select().from(exams).where(eq(exams.examId, delivery.examId))
  if (exam && isOvertaken(delivery, exam, new Date())) return null
  const { kind, subjectId, examTitle } = delivery
  const title = exam?.title ?? examTitle
  const times = exam ?? { opensAt: null, closesAt: null, limitSeconds: null }
  const text = english[kind]({ name: person.name, title, ...times, subjectId })
  return {
    ...{ key: delivery.id, personId: delivery.personId, kind, to: person.email },
    subject: toSubject(text.subject),
    text: renderText(text, publicUrl),
    html: renderHtml(text, publicUrl),
  }
}

function isOvertaken({ kind, examId, subjectId }: Delivery, exam: Exam, now: Date): boolean {
  if (kind === 'exam-scheduled') return !isStillOpen(exam, now)
  if (kind === 'exam-changed') return exam.isCancelled || subjectId !== timesSubject(examId, exam.timesRevision)
  return false
}
