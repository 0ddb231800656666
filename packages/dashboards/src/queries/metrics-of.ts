/** What stands where a metric could and is none. */
const words = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan'])

/**
 * The names of the metrics that a PromQL query selects. Enough for queries that Prometheus takes: strings, selectors, ranges and lists
 * of labels are cut out, and of the names that are left those that are called are functions.
 */
export function metricsOf(expr: string): string[] {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\$\w+/g, ' ')
  const names = [...bare.matchAll(/(?<![\w.])([a-zA-Z_:][\w:]*)(?![\w:]*\s*\()/g)].map(([, name = '']) => name)
  return [...new Set(names.filter((name) => !words.has(name)))]
}
