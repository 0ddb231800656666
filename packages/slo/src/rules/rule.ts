type Labels = Readonly<Record<string, string>>

export type Recording = { record: string; expr: string; labels: Labels }
export type Alert = { alert: string; expr: string; for?: string; labels: Labels; annotations: Labels }
export type Rule = Recording | Alert

/** Evaluated one after the other, so that each reads what those above it have just recorded. */
export type Group = { name: string; interval: string; rules: readonly Rule[] }

/** So many Mimir takes in a group, by default. */
export const mostRules = 20
