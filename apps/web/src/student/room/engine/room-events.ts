import type { Attempt } from '@hourglass/exams/model'
import type { Response } from '@hourglass/questions/response'

/** Where an answer is, truthfully. `stored` is said on the server's word alone. */
export type AnswerPlace =
  | { kind: 'nothing' }
  | { kind: 'kept' }
  | { kind: 'sending' }
  | { kind: 'stored'; at: string; isLate: boolean }
  | { kind: 'refused'; why: string }

export type Connection = 'ok' | 'offline' | 'busy' | 'paused' | 'signed-out'

export type RoomEvents = {
  onPlace: (questionId: string, place: AnswerPlace) => void
  /** An answer came from elsewhere: another tab or device. `mine` is what this page had instead, if it had anything. */
  onReplaced: (questionId: string, response: Response, mine: Response | null) => void
  onConnection: (connection: Connection) => void
  /** Whether what is kept here outlives the page; it does not where the browser's database fails. */
  onDurability: (isDurable: boolean) => void
  onTimes: (times: { deadline: string | null; pausedAt: string | null; submitUntil?: string | null }) => void
  /** The attempt is over, whoever ended it. */
  onEnd: (attempt: Attempt) => void
}
