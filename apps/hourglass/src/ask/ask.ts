import { Problem } from '../problem'
import { AwayError } from './ask-json'
import { type Entry, gatherAlike } from './entry'
import { explainEntries } from './explain'
import { findGaps, tellGap } from './gaps'
import { tellHappenings } from './happenings'
import { type Lines, sortLines } from './line'
import { countLines, hasLines, readLines } from './loki'
import { tellMeanwhile } from './meanwhile'
import type { AskOptions } from './options'
import { tellRequests } from './requests'
import { sayClock, sayDay } from './say'

/** What is known of an attempt: `notes` say what could not be asked, or was too much. */
export type Account = {
  attemptId: string
  entries: Entry[]
  meanwhile: string[]
  notes: string[]
}

/** The names of the services whose lines can name an attempt: three of six labels, whatever the installation. */
const tellers = '{service=~"gateway|exams|grading|notifier"}'

/**
 * Puts together what was written of an attempt. Throws an AwayError when Loki cannot be asked, and a Problem when it holds nothing:
 * of the attempt, or of anything at that time. Traces and metrics only add to it: without them it says so.
 */
export async function askAttempt({ attemptId, period, sources, gapSeconds }: AskOptions): Promise<Account> {
  const { loki } = sources
  const naming = `${tellers} |= "${attemptId}"`
  const { lines: texts, isWhole } = await readLines(loki, naming, period)
  const lines = sortLines(texts, attemptId)
  const told = [...tellRequests(lines.requests), ...tellHappenings(lines)]
  if (told.length === 0) throw await sayUnknown(loki, attemptId, period)
  const happened = gatherAlike(told.toSorted((one, other) => one.at - other.at))
  const [notes, gaps] = await Promise.all([
    explainEntries(happened, sources),
    askGaps(loki, lines, { attemptId, gapSeconds }),
  ])
  // A gap is told before what ends it, and after what it follows.
  const entries = [...happened, ...gaps].sort((one, other) => one.at - other.at)
  const until = Math.max(...entries.map((entry) => entry.until))
  const meanwhile = await tellMeanwhile(sources.prometheus, entries[0]?.at ?? until, until).catch(orNote(notes))
  if (!isWhole) notes.push('There are more lines than were read. Ask for a shorter time with --from and --to.')
  return { attemptId, entries, meanwhile, notes }
}

async function askGaps(
  loki: string,
  lines: Lines,
  { attemptId, gapSeconds }: { attemptId: string; gapSeconds: number },
): Promise<Entry[]> {
  const ofOthers = `{service="gateway"} != "${attemptId}"`
  return Promise.all(
    findGaps(lines, gapSeconds).map(async (gap) => tellGap(gap, await countLines(loki, ofOthers, gap))),
  )
}

const orNote =
  (notes: string[]) =>
  (error: unknown): string[] => {
    if (!(error instanceof AwayError)) throw error
    notes.push(error.message)
    return []
  }

/** Why there is nothing to tell. Never that nothing happened. */
async function sayUnknown(loki: string, attemptId: string, period: AskOptions['period']): Promise<Problem> {
  const when = `between ${sayDay(period.from)} ${sayClock(period.from)} and ${sayDay(period.to)} ${sayClock(period.to)}`
  if (!(await hasLines(loki, '{service="gateway"}', period))) {
    return new Problem(
      `Loki at ${loki} holds no line of the gateway ${when}: what happened then is not known here. ` +
        'Was it away, is it another installation’s, or is that longer ago than lines are kept?',
    )
  }
  const elsewhere = period.isAsked ? ' Ask without --at, --from and --to for all of its time.' : ''
  return new Problem(
    `No line names the attempt ${attemptId} ${when}, though there are lines of others: no such attempt, or not then.${elsewhere}`,
  )
}
