import { expect, test } from 'bun:test'
import { readRules } from '../rules'
import { alertFaults, expectedBeside } from './faults'
import { type Evidence, judgeFault, judgeRest } from './judge'
import { overOf } from './run-fault'
import { links } from './stage'

const rules = readRules().alerts
const firingOf = (labels: Record<string, string>, isInhibited = false) => ({ labels, from: 1, until: 2, isInhibited })

/** What a run in which everything held would have seen. */
const good: Evidence = {
  firings: [
    ...alertFaults.map(({ alert, labels }) => firingOf({ alertname: alert, ...labels })),
    firingOf({ alertname: 'TargetDown', service: 'notifier' }, true),
  ],
  mails: alertFaults.flatMap((fault) => {
    const rule = rules.find(({ alert }) => alert === fault.alert)
    const addresses = `${links.REPOSITORY_URL}/${rule?.annotations.runbook_url} ${links.GRAFANA_URL}${rule?.annotations.dashboard_url}`
    const told = { subject: fault.subject, text: `What people feel: ${fault.feel}. ${addresses}` }
    return fault.labels.severity === 'page' ? [told, { subject: overOf(fault), text: '' }] : [told]
  }),
  ...{ rules, links },
}
const judge = (evidence: Evidence) => [
  ...alertFaults.flatMap((fault) => judgeFault(fault, evidence)),
  ...judgeRest(alertFaults, evidence, expectedBeside),
]

test('a run in which each alert fired, was mailed once and ended has nothing against it', () => {
  expect(judge(good)).toEqual([])
})

test('every fault is one that a rule speaks of, with the labels that the rule gives', () => {
  for (const { alert, labels, feel } of alertFaults) {
    const rule = rules.find((each) => each.alert === alert)
    expect(rule?.labels.severity).toBe(labels.severity === 'ticket' ? 'ticket' : 'page')
    expect(rule?.annotations.description).toContain(feel)
  }
})

test('promises that a fault burns may say so', () => {
  const burnt = firingOf({
    alertname: 'AvailabilityBurning',
    service: 'grading',
    sloth_id: 'grading-requests-availability',
  })
  const mails = ['Page', 'Over'].map((word) => ({ subject: `${word}: AvailabilityBurning in grading`, text: '' }))
  expect(judge({ ...good, firings: [...good.firings, burnt], mails: [...good.mails, ...mails] })).toEqual([])
})

const mailOf = (subject: string) => good.mails.filter((mail) => mail.subject === subject)

test.each([
  ['a second mail', { mails: [...good.mails, ...mailOf('Page: ServiceDown in notifier')] }, '2 mails «Page: Ser'],
  [
    'no mail',
    { mails: good.mails.filter(({ subject }) => subject !== 'Ticket: CpuBusy') },
    '0 mails «Ticket: CpuBusy»',
  ],
  ['no end', { mails: good.mails.filter(({ subject }) => !subject.startsWith('Over: RequestsSlow')) }, '0 mails «Over'],
  ['a mail without a link', { links: { ...links, GRAFANA_URL: 'http://elsewhere' } }, 'lacks «http://elsewhere/d/'],
  ['an alert that fired twice', { firings: [...good.firings, ...good.firings.slice(0, 1)] }, 'fired 2 times'],
  [
    'a target that is mailed',
    { mails: [...good.mails, { subject: 'Ticket: TargetDown', text: '' }] },
    'nobody expects the mail',
  ],
  [
    'a target that is not kept back',
    { firings: good.firings.map((each) => ({ ...each, isInhibited: false })) },
    'TargetDown',
  ],
  [
    'the fault of another service',
    { firings: [...good.firings, firingOf({ alertname: 'RequestsSlow', service: 'gateway' })] },
    'gateway',
  ],
])('%s is found', (_, changes, complaint) => {
  expect(judge({ ...good, ...changes }).join('\n')).toContain(complaint)
})
