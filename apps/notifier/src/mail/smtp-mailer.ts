import { createTransport } from 'nodemailer'
import type { Mailer } from './mailer'

export type SmtpOptions = {
  /** `smtp://user:password@host:587?requireTLS=true`, `smtps:` where TLS comes first. */
  url: string
  /** `Hourglass <exams@example.org>`; its domain ends the message ids. */
  from: string
  /** Longest silence of the server. */
  timeoutMs?: number
}

/**
 * Hands mail to a mail server. The message id follows from the mail's key, so that what is sent twice, because the server's
 * answer was lost, is one message to mail stores, which keep one of an id. Bounded by its own time; no retries.
 */
export function createSmtpMailer({ url, from, timeoutMs = 10_000 }: SmtpOptions): Mailer & { close: () => void } {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: timeoutMs / 2,
    greetingTimeout: timeoutMs / 2,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs / 2,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    send: async ({ key, to, subject, text, html }) => {
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${key}@${domain}>`,
        // RFC 3834: nobody's out-of-office note answers it.
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}
