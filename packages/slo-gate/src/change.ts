import { z } from 'zod'

/** What a deploy is for. The class decides which rows of the table may stop it. */
export const ChangeClass = z.enum(['feature', 'fix', 'hotfix', 'security', 'rollback'])
export type ChangeClass = z.infer<typeof ChangeClass>

/** The deploy that asks whether it may go out. */
export type Change = {
  class: ChangeClass
  services: readonly string[]
  environment: string
  /** Full commit id, or `null` where nobody said. */
  sha: string | null
  version: string | null
  /** The version that runs now; a rollback must go below it. */
  currentVersion: string | null
  /** Who starts the deploy. */
  actor: string | null
  /** Who wrote the change. */
  author: string | null
  labels: readonly string[]
  reason: string | null
  /** The open incident that a hotfix or a security fix ends. */
  incident: string | null
}
