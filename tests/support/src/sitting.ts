import type { Answer } from './api'
import { listen } from './listen'
import { createOutbox, type Sitter, type Started } from './outbox'
import { isFinal } from './session'

export type SittingOptions = Sitter & {
  examId: string
  /** From one answer to the next, at the least and at the most. */
  thinkMs: readonly [number, number]
  /**
   * `silent`: goes on past the deadline and says nothing; the server ends it. `hasty`: submits while saves are under way, as from
   * a second tab; what is refused then was not acknowledged.
   */
  ending: 'submit' | 'hasty' | 'silent'
}

/**
 * Sits an exam as a browser does, whatever becomes of the server meanwhile: keeps each answer until a final word on it, sends
 * what is unknown again with the same id, and goes on with the same attempt. Resolves with the attempt's id when every
 * operation has its final answer and, for `submit`, the end is confirmed; with `null` when the student's time was over before they
 * heard that it had begun.
 */
export async function sit(options: SittingOptions): Promise<string | null> {
  const { random, session, thinkMs, ending } = options
  const pauseMs = () => random.whole(50, 400)
  const attempt = await untilFinal(
    () => session.ask<Started>('POST', '/api/attempts', { examId: options.examId }),
    pauseMs,
  )
  if (attempt.tries > 1 && attempt.status === 409) return null
  const { attemptId, paper, deadline, seatToken } = mustBeOk(attempt)
  const questions = paper?.sections.flatMap((section) => section.questions) ?? []
  const outbox = createOutbox(options, mustBeOk(attempt), pauseMs)
  const stopListening = listen(
    (signal) => session.stream(`/api/attempts/${attemptId}/stream`, seatToken, signal),
    () => void outbox.sendForgotten(),
    random.fork('stream'),
  )

  const startedAt = Date.now()
  const endsAt = deadline === null ? startedAt + 10_000 : Date.parse(deadline)
  const share = ending !== 'silent' ? 0.5 + random.next() * 0.5 : 1
  const stopsAt = startedAt + (endsAt - startedAt) * share + (ending === 'silent' ? random.whole(0, 3_000) : -300)
  const submit = async () => {
    mustBeOk(await untilFinal(() => session.ask('POST', `/api/attempts/${attemptId}/submit`), pauseMs))
  }
  while (Date.now() < stopsAt) {
    await Bun.sleep(random.whole(...thinkMs))
    outbox.put(random.pick(questions))
  }
  if (ending === 'hasty') await submit()
  if (ending === 'submit') {
    await outbox.flushForgotten()
    await submit()
  }
  await outbox.flush()
  stopListening()
  return attemptId
}

/** Asks until the server gives a final answer; says how often that was. */
async function untilFinal<Body>(
  ask: () => Promise<Answer<Body>>,
  pauseMs: () => number,
): Promise<Answer<Body> & { tries: number }> {
  for (let tries = 1; ; tries++) {
    const answer = await ask().catch(() => null)
    if (answer && isFinal(answer)) return { ...answer, tries }
    await Bun.sleep(pauseMs())
  }
}

function mustBeOk<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 200 && status < 300) return body
  throw new Error(`a student was answered ${status}: ${JSON.stringify(body)}`)
}
