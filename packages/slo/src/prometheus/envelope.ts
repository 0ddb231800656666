import { z } from 'zod'

/** Why an address gave no whole answer, in a sentence. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk'
}

/** `isPartial` is VictoriaMetrics'; the others say what is missing in `warnings`. */
const Envelope = z.object({
  status: z.string(),
  data: z.unknown().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  isPartial: z.boolean().optional(),
})

/** May be over at the next try. */
export class Passing extends CannotAsk {}

/** What an answer holds. Throws a Passing, or a CannotAsk for what another try would not mend. */
export function dataOf(url: string, status: number, text: string): unknown {
  const envelope = Envelope.safeParse(parseJson(text))
  const { data, status: word, error, warnings = [], isPartial = false } = envelope.data ?? { status: 'no JSON' }
  if (status >= 500 || status === 429) throw new Passing(`${url} answers ${status}${error ? ` (${error})` : ''}.`)
  if (status === 401 || status === 403) throw new CannotAsk(`${url} does not let us in (${status}).`)
  if (status >= 300 && status < 400) {
    throw new CannotAsk(`${url} sends us elsewhere (${status}): is that a page to sign in?`)
  }
  if (!envelope.success) throw new CannotAsk(`${url} answers ${status}, and not as Prometheus does.`)
  if (status >= 400 || word !== 'success') throw new CannotAsk(`${url} refuses the question: ${error ?? status}`)
  if (isPartial || warnings.length > 0) {
    throw new CannotAsk(`${url} answers only in part${warnings[0] ? `: ${warnings[0]}` : '.'}`)
  }
  return data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
