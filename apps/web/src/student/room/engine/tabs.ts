import type { Response } from '@hourglass/questions/response'

/** What tabs of one attempt tell each other. */
export type TabWord =
  | { kind: 'kept'; questionId: string; response: Response }
  | { kind: 'stored'; questionId: string; storedAt: string }

export type Tabs = {
  tell: (word: TabWord) => void
  /** Runs work while no other tab of the attempt runs its own, so that two tabs send one after the other. */
  alone: <T>(work: () => Promise<T>) => Promise<T>
  close: () => void
}

/** The other tabs of this browser on the same attempt. They share the store; this keeps what they show in step. */
export function openTabs(attemptId: string, hear: (word: TabWord) => void): Tabs {
  const name = `hourglass-room-${attemptId}`
  const channel = new BroadcastChannel(name)
  channel.onmessage = (message: MessageEvent<TabWord>) => hear(message.data)
  return {
    tell: (word) => channel.postMessage(word),
    // Without locks (an insecure origin) two tabs may send the same at once; the operation's id makes that harmless.
    alone: (work) => ('locks' in navigator ? navigator.locks.request(name, work) : work()),
    close: () => channel.close(),
  }
}
