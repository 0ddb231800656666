import { budgetMinutes, burnPairs, minutesToFire } from '../burn/burn'
import { wordsOf } from '../rules/words'
import type { Slo, SloFile } from '../spec/read'
import { about } from './about'
import { toTable } from './table'

/** docs/slo.md: every promise, who feels it, its number and its alerts. */
export function toPage(files: readonly SloFile[]): string {
  const sections = files.flatMap(({ service, file, slos }) => [`## ${service}`, ofService(file, slos)])
  return `${[...about(files), ...sections].join('\n\n')}\n`
}

function ofService(file: string, slos: readonly Slo[]): string {
  const table = toTable(['promise', 'of', 'budget in 30 days', 'alerts'], slos.map(rowOf))
  return [`Stated in [\`${file}\`](../${file}).`, table, ...slos.map(wordsAbout)].join('\n\n')
}

function rowOf(slo: Slo): string[] {
  const { name, description, objective, budget, alerting } = slo
  const { runbookUrl } = wordsOf(slo)
  const severities = [alerting.page && 'page', alerting.ticket && 'ticket'].filter(Boolean).join(', ')
  return [
    `\`${name}\`: ${description}`,
    `${objective} %`,
    `${minutesText(budgetMinutes(budget))} of nothing but bad events, or ${Math.round(budget * 10_000)} of 10,000`,
    `[${alerting.name}](${runbookUrl.replace('docs/', '')}) (${severities})`,
  ]
}

function wordsAbout(slo: Slo): string {
  const { whoFeels, why, excluded, minBadEvents } = wordsOf(slo)
  return [
    `**${slo.name}.** _Who feels it:_ ${whoFeels} _Why this number:_ ${why} _Left out:_ ${excluded}`,
    `A total outage pages after ${pagesAfter(slo)}; no alert below ${minBadEvents} bad events.`,
  ].join(' ')
}

function pagesAfter({ budget }: Slo): string {
  const times = burnPairs.filter(({ severity }) => severity === 'page').map((pair) => minutesToFire(pair, budget, 1))
  const first = Math.min(...times.filter((time) => time !== null))
  return Number.isFinite(first) ? minutesText(first) : 'no time: it never can'
}

const minutesText = (minutes: number): string =>
  minutes < 120 ? `${Math.round(minutes * 10) / 10} min` : `${Math.round(minutes / 6) / 10} h`
