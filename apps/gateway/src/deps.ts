import type { Cache } from '@hourglass/kit/cache'
import type { ServiceDeps } from '@hourglass/kit/service'
import type { AdmissionLimits } from './admission'
import type { PageTelemetryOptions } from './page-reports/page-reports'
import type { RateLimits } from './rate-limit'
import type { ServiceName } from './routing'
import type { Ui } from './ui/ui'
import type { Upstream } from './upstream'

export type Deps = {
  service: ServiceDeps
  upstreams: Partial<Record<ServiceName, Upstream>>
  cache: Cache
  /** `null`: this gateway serves the API alone. */
  ui: Ui | null
  /** Where people reach it: `https://exams.example.org`. Its scheme decides on HSTS and `x-forwarded-proto`. */
  publicUrl: string
  /** CIDR ranges whose `x-forwarded-for` is believed. */
  trustedProxies?: readonly string[]
  /** Origins of other sites whose scripts may read answers. */
  corsOrigins?: readonly string[]
  rateLimits?: RateLimits
  /** Without it pages may report, and nothing of theirs is traced. */
  pageTelemetry?: PageTelemetryOptions
  admissionLimits?: AdmissionLimits
  /** Open event streams at once; each costs memory, not time. */
  maxStreams?: number
  /** Given for every class of request, in tests. */
  timeoutMs?: number
}
