import { budgetSpentAtFiring, burnPairs } from '../burn/burn'
import { defects } from '../rules/defects'
import type { SloFile } from '../spec/read'
import { toTable } from './table'

/** What stands in docs/slo.md before the services. */
export function about(files: readonly SloFile[]): string[] {
  const count = files.flatMap(({ slos }) => slos).length
  return [
    '# What Hourglass promises',
    [
      'Made by `bun run slo` from [`slo/`](../slo): change those files, not this page; `bun run slo --check`, which a test runs, fails where it',
      `is not what they say. ${count} promises over 30 days (SLOs), each with the error budget that it leaves. They are files of Sloth’s \`prometheus/v1\``,
      'and can be taken elsewhere as they are. What we say beside it stands in the annotations of `alerting`: `summary`, `who_feels`, `why`, `excluded`,',
      '`contributors` (PromQL for the alert’s text), `min_bad_events`, `runbook_url`, `dashboard_url`.',
    ].join('\n'),
    '## Alerts',
    [
      'Each promise has four alerts, told apart by `severity` and `burn`. One fires while the error ratio of two windows, a long and a short one, is more',
      'than so many budgets; of two that fire, the fast one keeps the slow one back. What is a page comes at once, what is a ticket in the morning.',
    ].join('\n'),
    toTable(
      ['severity', 'burn', 'budgets', 'long window', 'short window', 'budget spent when it fires'],
      burnPairs.map((pair) => [
        ...[pair.severity, pair.speed, String(pair.factor), pair.long, pair.short],
        `${budgetSpentAtFiring(pair) * 100} %`,
      ]),
    ),
    [
      'With an error ratio `e`, a budget `β` and `B` budgets, an alert fires `B·β·L/e` after the beginning and ends `S·(1 − B·β/e)` after the end; `L` and `S` are its',
      'windows. The rules are evaluated every minute. Pages read raw counters and come in that minute; tickets read what was recorded, and come up to 2',
      'minutes later. Tests ask both of every promise. A fifth alert, SliVanished, pages when the figures themselves are gone.',
    ].join('\n'),
    '## What the rules mend',
    [
      'Sloth (v0.16.0) reads and checks the files, and makes the names, the labels and the alerts; `packages/slo/src/rules` puts what it made of a',
      'promise into one group, since rules of one group read what was recorded in the same minute, and Mimir takes 20 rules a group and 70 groups;',
      'its expressions are replaced where they are wrong. A plugin of Sloth’s own could do that too: one that puts all rules into one group was',
      'tried, and works. It would be Go that is interpreted when the rules are made, out of sight of our types and tests, and a file that names it',
      'can be taken nowhere without it. Seven defects were reproduced on Sloth’s output, and a test puts each back and sees red:',
    ].join('\n'),
    Object.entries(defects)
      .map(([name, words]) => `- **${name}.** ${words}`)
      .join('\n'),
    '## What a missing figure means',
    toTable(
      ['what happens', 'what is made of it'],
      [
        ['no traffic', 'events are 0, ratios are absent, nothing burns, the budget stays'],
        ['few events', 'no alert below `min_bad_events` bad ones in the long window'],
        ['never a failure', 'a ratio of 0, the whole budget'],
        [
          'figures are gone',
          'SliVanished pages 7 minutes after the last sample, for a day at the most; burn alerts end',
        ],
        ['a process starts again', 'counters begin at 0; nothing is made of it'],
        ['nothing scraped for 3 minutes', 'the windows bridge it'],
        ['a part of a window is missing', 'it counts as clean, and `slo:period_coverage:ratio` says how much is there'],
        ['a new service', 'as with 30 clean days before it, so it pages neither sooner nor later'],
        [
          'a label of the file changes',
          'series have none of the file’s labels, so they go on; alerts and `sloth_slo_info` have the new ones',
        ],
        ['the promise changes', '`spec_hash` of `sloth_slo_info` changes; what is recorded goes on'],
      ],
    ),
    'Not taken, though Sloth takes it: 100 %, which leaves no budget; indicators that are no events; counts by `increase()`.',
  ]
}
