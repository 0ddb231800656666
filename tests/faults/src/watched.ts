import { keyCanary, type Person } from '@hourglass/support/school'
import type { Session } from '@hourglass/support/session'

/** What students' own eyes noticed, beside the answers to their saves. */
export type Notes = {
  /** The longest wait for the answer to a save. */
  slowestMs: number
  /** I10 and I11: bytes that no student may get before the review. */
  leaks: string[]
}

/** A student's session that notes how long saves take, and whether anything comes that is none of this student's business. */
export function watched(session: Session, student: Person, others: readonly Person[], notes: Notes): Session {
  const look = (where: string, text: string) => {
    if (text.includes(keyCanary)) notes.leaks.push(`I10: ${where} told a student the key`)
    const other = others.find(({ personId, email }) => text.includes(personId) || text.includes(email))
    if (other) notes.leaks.push(`I11: ${where} told ${student.email} of ${other.email}`)
  }
  return {
    ask: async (method, path, body, seat) => {
      const startedAt = performance.now()
      try {
        const answer = await session.ask<never>(method, path, body, seat)
        look(`${method} ${path}`, JSON.stringify(answer.body ?? null))
        return answer
      } finally {
        if (method === 'PUT') notes.slowestMs = Math.max(notes.slowestMs, performance.now() - startedAt)
      }
    },
    stream: async (path, seat, signal) => {
      const response = await session.stream(path, seat, signal)
      const decoder = new TextDecoder()
      const looked = new TransformStream<Uint8Array, Uint8Array>({
        transform: (bytes, controller) => {
          look(path, decoder.decode(bytes, { stream: true }))
          controller.enqueue(bytes)
        },
      })
      return new Response(response.body?.pipeThrough(looked), response)
    },
  }
}
