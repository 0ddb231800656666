import { z } from 'zod'
import type { Severity } from '../burn/burn'
import type { Slo } from '../spec/read'

/** What a file of ours says of each SLO, in Sloth's own place for it: the annotations of `alerting`. */
const Annotations = z.strictObject({
  /** What is wrong, in a sentence. */
  summary: z.string().min(10),
  /** Who feels it, and how. */
  who_feels: z.string().min(20),
  /** Why this number. */
  why: z.string().min(40),
  /** What the promise leaves out. */
  excluded: z.string().min(5),
  /** PromQL: what contributes most, a series for each with one label. */
  contributors: z.string().min(10),
  /** So many bad events in the long window at least, or nobody is told: whole and 2 or more, since one proves nothing. */
  min_bad_events: z.coerce.number().int().min(2),
  runbook_url: z.string().regex(/^docs\/runbooks\/[\w-]+\.md$/),
  dashboard_url: z.string().regex(/^\/d\/[\w-]+$/),
})

export type Words = {
  summary: string
  whoFeels: string
  why: string
  excluded: string
  contributors: string
  minBadEvents: number
  runbookUrl: string
  dashboardUrl: string
}

/** Reads them off an alert of an SLO that has one. Throws when something is missing: nobody should be woken without it. */
export function wordsOf({ file, line, id, alerting }: Slo, severity?: Severity): Words {
  const words = severity ? alerting[severity] : (alerting.page ?? alerting.ticket)
  const parsed = Annotations.safeParse(words?.annotations ?? {})
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new Error(`${file}:${line}: the annotations of ${id}: ${faults.join('; ')}`)
  }
  const { who_feels, min_bad_events, runbook_url, dashboard_url, ...rest } = parsed.data
  return {
    ...rest,
    ...{ whoFeels: who_feels, minBadEvents: min_bad_events, runbookUrl: runbook_url, dashboardUrl: dashboard_url },
  }
}
