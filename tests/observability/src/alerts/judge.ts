import { type Alert, isOfPromise } from '../rules'
import type { AlertFault } from './faults'
import { isOf, overOf } from './run-fault'
import type { Mail } from './stage'
import type { Firing } from './watch'

export type Evidence = {
  firings: readonly Firing[]
  mails: readonly Mail[]
  rules: readonly Alert[]
  links: { REPOSITORY_URL: string; GRAFANA_URL: string }
}

/** What is wrong about the firings and mails of one fault; empty is good. */
export function judgeFault(fault: AlertFault, { firings, mails, rules, links }: Evidence): string[] {
  const { alert, subject, feel } = fault
  const rule = rules.find((each) => each.alert === alert)
  if (!rule) return [`${alert} is no rule`]
  const times = firings.filter((firing) => isOf(fault, firing)).length
  const told = mails.filter((mail) => mail.subject === subject)
  const over = mails.filter((mail) => mail.subject === overOf(fault))
  const isTicket = rule.labels.severity === 'ticket'
  const words = [
    `What people feel: ${feel}`,
    `${links.REPOSITORY_URL}/${rule.annotations.runbook_url}`,
    `${links.GRAFANA_URL}${rule.annotations.dashboard_url}`,
  ]
  return [
    ...(times === 1 ? [] : [`${alert} fired ${times} times`]),
    ...(told.length === 1 ? [] : [`${told.length} mails «${subject}»`]),
    // Of a ticket the end is mailed with what else its half hour brings.
    ...(over.length === 1 || (isTicket && over.length === 0) ? [] : [`${over.length} mails «${overOf(fault)}»`]),
    ...told.flatMap(({ text }) =>
      words.filter((each) => !text.includes(each)).map((each) => `a mail of ${alert} lacks «${each}»`),
    ),
  ]
}

/** Whatever fired or was mailed beside the faults' own alerts and those of the promises that they burn. */
export function judgeRest(
  faults: readonly AlertFault[],
  { firings, mails, rules }: Evidence,
  expected: Readonly<Record<string, string>>,
): string[] {
  const ofPromises = rules.filter(isOfPromise).map(({ alert }) => alert)
  const isBurnt = (text: string) => ofPromises.some((alert) => text.includes(alert))
  const others = firings.filter((firing) => !faults.some((fault) => isOf(fault, firing)))
  const subjects = new Set(faults.flatMap((fault) => [fault.subject, overOf(fault)]))
  return [
    ...others
      .filter(({ labels, isInhibited }) => !((labels.alertname ?? '') in expected && isInhibited))
      .filter(({ labels }) => !isBurnt(labels.alertname ?? ''))
      .map(({ labels }) => `nobody expects ${JSON.stringify(labels)}`),
    ...mails
      .filter(({ subject }) => !subjects.has(subject) && !isBurnt(subject))
      .map(({ subject }) => `nobody expects the mail «${subject}»`),
  ]
}
