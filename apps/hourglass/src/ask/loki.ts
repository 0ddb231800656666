import { z } from 'zod'
import { askJson } from './ask-json'

type Between = { from: number; to: number }
/** A line as it was written; `at` in nanoseconds since 1970, as Loki files it. */
type Filed = { at: bigint; text: string }

/** Loki's own bound for one answer (`max_entries_limit_per_query`). */
const pageSize = 5_000
/** A sitting of six hours with a save every two seconds has some ten thousand. */
const mostPages = 4

const Streams = z.object({
  data: z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.string(), z.string()]).rest(z.unknown())) })),
  }),
})
const Vector = z.object({ data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }) })

/** The lines that a LogQL query finds, the oldest first; `isWhole` is false where there were more than 20,000. */
export async function readLines(url: string, query: string, { from, to }: Between) {
  const lines: string[] = []
  let start = nanosecondsOf(from)
  for (let page = 0; page < mostPages; page++) {
    const found = await readPage(url, query, start, to, pageSize)
    lines.push(...found.map(({ text }) => text))
    const last = found.at(-1)
    if (!last || found.length < pageSize) return { lines, isWhole: true }
    // What shares its nanosecond with the last line of a full page is passed over.
    start = last.at + 1n
  }
  return { lines, isWhole: false }
}

/** Whether a query finds any line. */
export const hasLines = async (url: string, query: string, { from, to }: Between): Promise<boolean> =>
  (await readPage(url, query, nanosecondsOf(from), to, 1)).length > 0

/** How many lines a query finds. */
export async function countLines(url: string, query: string, { from, to }: Between): Promise<number> {
  const seconds = Math.max(1, Math.floor((to - from) / 1_000))
  const counted = { query: `sum(count_over_time(${query} [${seconds}s]))`, time: String(nanosecondsOf(to)) }
  const { data } = Vector.parse(await askJson('Loki', url, '/loki/api/v1/query', counted))
  return Number(data.result[0]?.value[1] ?? 0)
}

async function readPage(url: string, query: string, start: bigint, to: number, limit: number): Promise<Filed[]> {
  const parameters = {
    ...{ query, limit: String(limit), direction: 'forward' },
    ...{ start: String(start), end: String(nanosecondsOf(to)) },
  }
  const { data } = Streams.parse(await askJson('Loki', url, '/loki/api/v1/query_range', parameters))
  const filed = data.result.flatMap(({ values }) => values.map(([at, text]) => ({ at: BigInt(at), text })))
  return filed.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

const nanosecondsOf = (ms: number): bigint => BigInt(Math.round(ms)) * 1_000_000n
