import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** What mailpit's `GET /api/v1/messages` says of a mail, as far as the test reads it. */
type Message = { MessageID: string; To: { Address: string }[]; Subject: string; Snippet: string }

const messages: Message[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: async (stream, session, done) => {
    const parts: Buffer[] = []
    for await (const part of stream) parts.push(part)
    const { messageId = '', subject = '', text = '' } = await PostalMime.parse(Buffer.concat(parts).toString())
    const to = session.envelope.rcptTo.map(({ address }) => ({ Address: address }))
    messages.push({ MessageID: messageId, To: to, Subject: subject, Snippet: text.slice(0, 200) })
    done()
  },
})
smtp.listen(1025, '0.0.0.0')
Bun.serve({ port: 8025, routes: { '/api/v1/messages': () => Response.json({ total: messages.length, messages }) } })
process.on('SIGTERM', () => process.exit(0))
