import { stringify } from 'yaml'
import type { Group } from './rule'

const head = (file: string) =>
  `# Made by \`bun run slo\` from ${file}: change that, not this. What the rules are, and why: docs/slo.md.\n`

/** A file of rules as Prometheus reads it. */
export const toRulesText = (file: string, groups: readonly Group[]): string =>
  head(file) + stringify({ groups }, { lineWidth: 0, blockQuote: 'literal', defaultStringType: 'PLAIN' })
