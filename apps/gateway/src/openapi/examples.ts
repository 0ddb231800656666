/**
 * Bodies that run as they are on the demo data, for routes whose schema has none of its own. A test posts them.
 * Keyed as in the policy table.
 */
export const examples: Readonly<Record<string, unknown>> = {}
