/**
 * What is wrong with the rules that Sloth makes, each seen on its own output with promtool, and each mended here. Tests put every
 * one of them back and see red.
 */
export const defects = {
  idle: 'Without traffic the ratio is 0/0, and one NaN within 30 days makes the whole budget NaN.',
  unfailing: 'A service that has never failed has no series of failures, so no ratio, no budget and no burn.',
  weight: 'The 30 days are a mean of ratios: an hour of one request a minute weighs as much as one of ten thousand.',
  vanished: 'When the targets are gone no alert comes, and one that fires ends: the service is dead and all is green.',
  few: 'One error among few requests is far above any threshold: it pages.',
  young:
    'A service of one day with ten bad minutes has −630 % left, and each window that is not filled pages too soon.',
  relabelled:
    'A label that is edited in the file makes a second series, and every rule over 30 days fails for 30 days.',
} as const
export type Defect = keyof typeof defects

export type Making = {
  /** Seconds between two evaluations; what is recorded at each is counted by it. */
  intervalSeconds: number
  /** Left as Sloth has it, in tests. */
  unmended: readonly Defect[]
}
export const asCommitted: Making = { intervalSeconds: 60, unmended: [] }
