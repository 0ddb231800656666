import type { Logger } from '@hourglass/kit/logger'
import type { ChannelModel } from 'amqplib'
import type { Consuming } from './consume-queues'
import type { Inlet } from './publisher'

/** What lives as long as one connection. */
export type Session = Inlet & {
  connection: ChannelModel
  isEnded: boolean
  consuming: Consuming[]
}

/** Begins a session on a new connection, ready to publish. */
export async function beginSession(connection: ChannelModel, log: Logger): Promise<Session> {
  const session: Session = { connection, isEnded: false, isBlocked: false, channel: null, consuming: [] }
  // Until its set-up has ended amqplib listens for no error of it, and one that nobody listens for ends the process.
  connection.on('error', (error) => log.warn({ err: error }, 'the connection to the broker failed'))
  connection.on('blocked', (reason) => {
    session.isBlocked = true
    log.warn({ reason }, 'the broker takes nothing')
  })
  connection.on('unblocked', () => {
    session.isBlocked = false
  })
  connection.on('close', () => {
    session.isEnded = true
  })
  await openChannel(session, log)
  return session
}

/** A channel ends by the first wrong thing that is done on it, while its connection goes on: then there is another. */
async function openChannel(session: Session, log: Logger): Promise<void> {
  const channel = await session.connection.createConfirmChannel()
  channel.on('error', (error) => log.warn({ err: error }, 'channel failed'))
  channel.on('close', () => {
    session.channel = null
    void reopenChannel(session, log)
  })
  session.channel = channel
}

async function reopenChannel(session: Session, log: Logger): Promise<void> {
  await Bun.sleep(500)
  if (session.isEnded) return
  await openChannel(session, log).catch((error) => {
    log.warn({ err: error }, 'no channel')
    return reopenChannel(session, log)
  })
}
