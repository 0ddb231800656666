import type { Scenario } from '../scenario'
import { again, all, brokenFor, hang, kill, resetConnections, restart, weather } from './acts'
import { holdOverTheEnd } from './hold-rows'
import { giveBackAnOutage } from './outage'
import { restoreBackup } from './restore'

export const postgresScenarios: readonly Scenario[] = [
  { name: 'PostgreSQL is killed', during: brokenFor(2_000, kill('postgres')) },
  { name: 'PostgreSQL restarts', during: restart('postgres') },
  { name: 'PostgreSQL hangs', during: brokenFor(4_000, hang('postgres')) },
  { name: 'PostgreSQL is slow', during: brokenFor(4_000, weather('postgres', { delayMs: 150 })) },
  { name: 'PostgreSQL is slow until all have ended', during: weather('postgres', { delayMs: 60 }) },
  {
    name: 'PostgreSQL’s answers are swallowed',
    during: brokenFor(4_000, weather('postgres', { swallows: 'answers' })),
  },
  {
    name: 'requests to PostgreSQL are swallowed',
    during: brokenFor(4_000, weather('postgres', { swallows: 'requests' })),
  },
  {
    name: 'PostgreSQL refuses connections',
    during: brokenFor(3_000, all(weather('postgres', { refuses: true }), resetConnections('postgres'))),
  },
  {
    name: 'connections to PostgreSQL are reset, again and again',
    during: again(8, resetConnections('postgres'), 500),
  },
  {
    name: 'connections to PostgreSQL are cut in the middle of answers',
    during: brokenFor(4_000, weather('postgres', { cutAfterBytes: 6_000 })),
  },
  { name: 'the minutes of an outage are given back while the exam room dies', during: giveBackAnOutage },
  { name: 'PostgreSQL is killed as everybody starts', afterMs: 50, during: brokenFor(1_500, kill('postgres')) },
  { name: 'attempts’ rows are held over their end', during: holdOverTheEnd },
  { name: 'the databases are set back to a backup in mid-exam', during: restoreBackup },
  {
    name: 'PostgreSQL’s disk is full',
    needs: { diskMebibytes: 512 },
    during: brokenFor(3_000, async ({ disk }) => disk?.fill()),
  },
]
