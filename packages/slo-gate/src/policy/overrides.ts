import { z } from 'zod'
import type { Change } from '../change'
import type { Override } from '../verdict/facts'
import type { Policy } from './policy'

const Text = z.string().trim().min(1)
const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text) / 1_000)

/** A person's word that one commit of one service may go out whatever the gate says. */
export const OverrideFile = z.strictObject({
  version: z.literal('hourglass-gate/v1'),
  overrides: z.array(
    z.strictObject({
      id: Text,
      by: Text,
      reason: Text,
      ticket: Text,
      from: Instant,
      expires: Instant,
      service: Text,
      sha: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'a full commit id'),
    }),
  ),
})
export type WrittenOverride = z.infer<typeof OverrideFile>['overrides'][number]

type Asked = {
  service: string
  change: Change
  now: number
  limits: Policy['overrides']
  usedIn30Days: readonly string[]
}

/**
 * The override that holds for this service and commit, and why others that were meant for them do not. `usedIn30Days` are the ids that
 * let something through for this service: overriding has a budget too.
 */
export function findOverride(written: readonly WrittenOverride[], asked: Asked) {
  const meant = written.filter(({ service, sha }) => service === asked.service && sha === asked.change.sha)
  const refused: string[] = []
  for (const each of meant) {
    const why = refusalOf(each, asked)
    if (why !== null) {
      refused.push(`Override ${each.id} does not hold: ${why}`)
      continue
    }
    const { id, by, reason, ticket, expires } = each
    const override: Override = { id, by, reason, ticket, expiresAt: expires }
    return { override, refused }
  }
  return { override: null, refused }
}

function refusalOf(
  { id, by, from, expires }: WrittenOverride,
  { change, now, limits, usedIn30Days }: Asked,
): string | null {
  const { author } = change
  if (author === null) return 'nobody said who wrote the change (--author).'
  if (by.toLowerCase() === author.toLowerCase()) return `${by} wrote the change.`
  if (expires - from > limits.longestHours * 3_600) return `it lasts longer than ${limits.longestHours} hours.`
  if (now < from) return 'it has not begun.'
  if (now >= expires) return 'it is over.'
  const others = new Set(usedIn30Days.filter((used) => used !== id))
  if (others.size >= limits.mostIn30Days)
    return `${others.size} others were used within 30 days, and that is all there are.`
  return null
}
