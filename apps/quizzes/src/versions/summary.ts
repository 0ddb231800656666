import type { Version, VersionSummary } from './model'

export const toVersionSummary = ({ content: _, ...summary }: Version): VersionSummary => summary
