import { z } from 'zod'
import { Problem } from '../problem'

/** What happens in one minute; `null`: its series are gone. */
export type Minute = { total: number; bad: number } | null

/** Minutes before the story begins, all clean, and what comes after. */
export type Story = { historyMinutes: number; historyTraffic: number; minutes: Minute[] }

const units = { m: 1, h: 60, d: 1_440 } as const
const Span = z
  .string()
  .regex(/^\d+[mhd]$/, 'a time such as 90m, 6h or 3d')
  .transform((text) => Number(text.slice(0, -1)) * unitOf(text))
const Share = z
  .string()
  .regex(/^\d+(\.\d+)?%$/, 'a share such as 2%')
  .transform((text) => Number(text.slice(0, -1)) / 100)
  .refine((share) => share <= 1, 'at most 100%')
const Traffic = z.union([z.number().min(0), z.literal('gone')], { error: 'requests a minute, or gone' })

const StoryFile = z.strictObject({
  /** Requests a minute, where a step says no other. */
  traffic: z.number().positive().default(1_000),
  /** For so long it has run before, without an error. */
  history: Span.prefault('30d'),
  steps: z.array(z.strictObject({ errors: Share.prefault('0%'), for: Span, traffic: Traffic.optional() })).min(1),
})

/**
 * A story in YAML, or in short: `2% 60m, 0% 6h @100, gone 30m` are steps with their share of errors, their length, and, after `@`, requests
 * a minute; those of the first step are the usual ones. Throws a Problem that says what cannot be read.
 */
export function readStory(text: string): Story {
  const parsed = StoryFile.safeParse(/^\s*(\d[\d.]*%|gone)\s/.test(text) ? fromShort(text) : fromYaml(text))
  if (!parsed.success) throw new Problem(`This story cannot be read:\n${z.prettifyError(parsed.error)}`)
  const { traffic: usual, history, steps } = parsed.data
  const minutes = steps.flatMap(({ errors, for: length, traffic = usual }): Minute[] =>
    new Array<Minute>(length).fill(traffic === 'gone' ? null : { total: traffic, bad: traffic * errors }),
  )
  return { historyMinutes: history, historyTraffic: usual, minutes }
}

function fromShort(text: string): unknown {
  const steps = text.split(',').map((each) => {
    const [errors = '', length = '', at, ...more] = each.trim().split(/\s+/)
    if (more.length > 0 || (at !== undefined && !at.startsWith('@'))) {
      throw new Problem(`A step is such as "2% 60m" or "2% 60m @100", not "${each.trim()}".`)
    }
    if (errors === 'gone') return { for: length, traffic: 'gone' }
    return { errors, for: length, ...(at !== undefined && { traffic: Number(at.slice(1)) }) }
  })
  const usual = steps[0]?.traffic
  return { steps, ...(typeof usual === 'number' && { traffic: usual }) }
}

function fromYaml(text: string): unknown {
  try {
    return Bun.YAML.parse(text)
  } catch (error) {
    throw new Problem(`This story is no YAML: ${error instanceof Error ? error.message : error}`)
  }
}

function unitOf(text: string): number {
  const unit = text.at(-1)
  return unit === 'm' || unit === 'h' || unit === 'd' ? units[unit] : Number.NaN
}
