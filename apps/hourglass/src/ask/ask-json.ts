import { Problem } from '../problem'

/** Of one question to a server. */
const timeoutMs = 10_000

/** What a server did not answer, and where it is. */
export class AwayError extends Problem {}

/** Asks a server and answers its JSON. Throws an AwayError with what it said, or why nothing came within 10 s. */
export async function askJson(
  name: string,
  url: string,
  path: string,
  query: Record<string, string>,
): Promise<unknown> {
  const address = `${url}${path}?${new URLSearchParams(query)}`
  let response: Response
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) })
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new AwayError(`${name} at ${url} does not answer, so what it holds is not known here: ${reason}`)
  }
  const text = await response.text()
  if (!response.ok) throw new AwayError(`${name} at ${url} answered ${response.status}: ${text.trim().slice(0, 300)}`)
  try {
    return JSON.parse(text)
  } catch {
    throw new AwayError(`What answers at ${url} is not ${name}.`)
  }
}
