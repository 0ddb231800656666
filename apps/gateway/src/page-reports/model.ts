import { arrivals, mostOfEach, type PageReport, saveFailures, vitals } from '@hourglass/kit/page-report'
import { z } from 'zod'

/** Its template; one that is not known counts as `other`. */
const Route = z.string().max(100)
/** However long somebody claims; what is absurd is cut when it is counted. */
const Amount = z.number().min(0)
const hexadecimal = (digits: number) => z.string().regex(new RegExp(`^(?!0+$)[0-9a-f]{${digits}}$`))

const Call = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  noun: z.string().max(40).describe('The first segment under /api/'),
  status: z.int().min(0).max(599).describe('0: no answer'),
})

const Span = z.strictObject({
  traceId: hexadecimal(32),
  spanId: hexadecimal(16),
  parentSpanId: hexadecimal(16).nullable(),
  route: Route,
  call: Call.nullable().describe('What was asked of the server; null: the page itself came'),
  agoMs: Amount.describe('How long before the report was sent it began'),
  durationMs: Amount,
})

/** What a page says of how it fared, without a word on who or what. All of it may be a lie. */
export const Report: z.ZodType<PageReport> = z.strictObject({
  loads: z.array(z.strictObject({ route: Route, arrival: z.enum(arrivals), seconds: Amount })).max(mostOfEach),
  vitals: z.array(z.strictObject({ route: Route, vital: z.enum(vitals), seconds: Amount })).max(mostOfEach),
  shifts: z.array(z.strictObject({ route: Route, score: Amount })).max(mostOfEach),
  failedSaves: z
    .array(z.strictObject({ reason: z.enum(saveFailures), count: z.int().min(1) }))
    .max(saveFailures.length),
  keptSeconds: z.array(Amount).max(mostOfEach).describe('From kept on the device to stored, of each answer'),
  spans: z.array(Span).max(mostOfEach),
  dropped: z.int().min(0).describe('Measurements that did not fit or could not be sent'),
})
