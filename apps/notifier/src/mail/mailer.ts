export const mailKinds = ['exam-scheduled', 'exam-changed', 'exam-cancelled', 'result-released'] as const
export type MailKind = (typeof mailKinds)[number]

export type Mail = {
  /** The same key is the same mail: sent again, it arrives once. */
  key: string
  personId: string
  kind: MailKind
  /** An address, `name@example.org`. */
  to: string
  subject: string
  text: string
  html: string
}

/** Takes mail to people (SMTP | the mailbox in the notifier's own database). */
export interface Mailer {
  /** Resolves when the mail is sure to be on its way; rejects when it must be sent again. */
  send(mail: Mail): Promise<void>
}
