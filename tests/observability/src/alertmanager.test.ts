import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMailCatcher } from '@hourglass/notifier/mail-catcher'
import {
  type AlertmanagerServer,
  alertmanagerConfiguration,
  startAlertmanager,
  writeAlertmanagerConfiguration,
} from '@hourglass/servers/alertmanager'
import { checkers } from '@hourglass/servers/observability'
import { z } from 'zod'
import { eventually } from './eventually'
import { readRules } from './rules'

const { alerts } = readRules()
const configuration = join(alertmanagerConfiguration, 'alertmanager.yml')
const folder = mkdtempSync(join(tmpdir(), 'hourglass-alertmanager-'))
let catcher: Awaited<ReturnType<typeof startMailCatcher>>
let alertmanager: AlertmanagerServer
beforeAll(async () => {
  catcher = await startMailCatcher()
  alertmanager = await startAlertmanager(join(folder, 'server'), { smtp: `127.0.0.1:${catcher.port}` })
}, 60_000)
afterAll(async () => {
  await alertmanager?.stop()
  await catcher?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function amtool(...args: string[]): Promise<{ isFine: boolean; said: string }> {
  const child = Bun.spawn([checkers.amtool(), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return { isFine: (await child.exited) === 0, said: said.join('') }
}

/** An alert as Prometheus sends it, with the labels and words of its rule. */
function alertOf(name: string, labels: Record<string, string> = {}) {
  const rule = alerts.find(({ alert }) => alert === name)
  if (!rule) throw new Error(`no rule ${name}`)
  const annotations = {
    ...rule.annotations,
    summary: `No replica of <exams> answers`,
    description: 'Nothing is stored.',
  }
  return { labels: { alertname: name, ...rule.labels, ...labels }, annotations }
}

test.each([
  ['page', ['severity=page', 'alertname=ServiceDown', 'service=exams']],
  ['ticket', ['severity=ticket', 'alertname=CpuBusy']],
  ['page', ['alertname=FromSomewhereElse']],
])('%s hears of %p', async (receiver, labels) => {
  const test = (expected: string) =>
    amtool('config', 'routes', 'test', `--config.file=${configuration}`, `--verify.receivers=${expected}`, ...labels)
  expect((await test(receiver)).isFine).toBe(true)
  expect((await test(receiver === 'page' ? 'ticket' : 'page')).isFine).toBe(false)
})

test('amtool takes the configuration with pager, chat and password, and on this machine; it would refuse a misspelt one', async () => {
  const copy = join(folder, 'with-all')
  mkdirSync(copy)
  const check = (text: string) => {
    const file = join(copy, 'alertmanager.yml')
    writeFileSync(file, text.replace('templates/', `${alertmanagerConfiguration}/templates/`))
    return amtool('check-config', file)
  }
  const withAll = readFileSync(configuration, 'utf8').replaceAll(
    /^( *)#(\S|\s{2})/gm,
    (line, indent: string, next: string) => (indent ? indent + next : line),
  )
  for (const part of ['\n    webhook_configs:', '\n    slack_configs:', '\n  smtp_auth_password_file:']) {
    expect(withAll).toContain(part)
  }
  expect((await check(withAll)).said).toContain('SUCCESS')
  expect((await check(withAll.replace('api_url_file', 'api_url_fill'))).said).toContain('api_url_fill')
  expect((await amtool('check-config', writeAlertmanagerConfiguration(join(folder, 'quiet'), undefined))).isFine).toBe(
    true,
  )
})

test('without a mail server nothing is sent', () => {
  const text = readFileSync(writeAlertmanagerConfiguration(join(folder, 'silent'), undefined), 'utf8')
  expect(text).not.toContain('email_configs')
  expect(JSON.parse(text).receivers).toEqual([{ name: 'page' }, { name: 'ticket' }])
})

const Known = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ state: z.string(), inhibitedBy: z.array(z.string()) }),
  }),
)
const askAlerts = async () => Known.parse(await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json())

test('a service that is away silences its slowness and its tickets, not those of others; one mail says what students feel', async () => {
  const sent = [
    alertOf('ServiceDown', { service: 'exams' }),
    alertOf('RequestsSlow', { service: 'exams' }),
    alertOf('TargetDown', { service: 'exams', instance: 'exams-1', job: 'services' }),
    alertOf('JobFailing', { service: 'students', task: 'relay' }),
    alertOf('AnswersFailing', { service: 'hourglass' }),
    alertOf('AnswersRefused', { service: 'hourglass' }),
  ]
  const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  expect(response.status).toBe(200)
  const known = await eventually(
    askAlerts,
    (all) => all.filter(({ status }) => status.state === 'suppressed').length >= 3,
  )
  const suppressed = known.filter(({ status }) => status.inhibitedBy.length > 0)
  expect(suppressed.map(({ labels }) => labels.alertname).sort()).toEqual([
    'AnswersRefused',
    'RequestsSlow',
    'TargetDown',
  ])

  const mails = await eventually(
    async () => catcher.mails(),
    (caught) => caught.some(({ subject }) => subject.includes('ServiceDown')),
  )
  const mail = mails.find(({ subject }) => subject.includes('ServiceDown'))
  expect(mail).toMatchObject({
    subject: 'Page: ServiceDown in exams',
    to: 'on-call@localhost',
    from: 'alerts@localhost',
  })
  expect(mail?.text).toContain('No replica of <exams> answers\nWhat people feel: Nothing is stored.')
  expect(mail?.text).toMatch(
    /Runbook: +https:\/\/\S+\/docs\/runbooks\/service-down\.md\nDashboard: http\S+\/d\/application/,
  )
  expect(mail?.html).toContain('No replica of &lt;exams&gt; answers')
  expect(mails.filter(({ subject }) => subject.includes('RequestsSlow'))).toEqual([])
}, 60_000)

test('of a promise the fast page silences the slow one and its tickets, and what says more of the fault silences it', async () => {
  const sent = [
    alertOf('SavesBurning', { burn: 'fast', severity: 'page' }),
    alertOf('SavesBurning', { burn: 'slow', severity: 'page' }),
    alertOf('SavesBurning', { burn: 'slow', severity: 'ticket' }),
    alertOf('SealsBurning', { burn: 'slow', severity: 'ticket' }),
    alertOf('SignInsFailing', { service: 'students' }),
    alertOf('SignInsBurning', { burn: 'fast', severity: 'page' }),
  ]
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) }
  expect((await fetch(`${alertmanager.url}/api/v2/alerts`, init)).status).toBe(200)
  const ofPromises = (all: z.infer<typeof Known>) => all.filter(({ labels }) => 'sloth_id' in labels)
  const suppressedIn = (all: z.infer<typeof Known>) =>
    ofPromises(all).filter(({ status }) => status.inhibitedBy.length > 0)
  const known = await eventually(askAlerts, (all) => suppressedIn(all).length >= 3)
  const words = suppressedIn(known).map(({ labels }) => `${labels.alertname} ${labels.severity} ${labels.burn}`)
  expect(words.sort()).toEqual(['SavesBurning page slow', 'SavesBurning ticket slow', 'SignInsBurning page fast'])
}, 30_000)

const rendered = async (name: string, status: 'firing' | 'resolved', type: 'text' | 'html' = 'text') => {
  const { labels, annotations } = alertOf('ServiceDown', { service: 'exams' })
  const times = { startsAt: '2026-03-02T10:14:00Z', endsAt: '2026-03-02T10:20:00Z' }
  const data = join(folder, 'data.json')
  const one = { status, labels, annotations, ...times }
  writeFileSync(
    data,
    JSON.stringify({ status, alerts: [one], groupLabels: labels, commonLabels: labels, commonAnnotations: {} }),
  )
  const { said } = await amtool(
    ...[
      'template',
      'render',
      `--template.glob=${alertmanagerConfiguration}/templates/*.tmpl`,
      `--template.type=${type}`,
    ],
    ...[`--template.text={{ template "hourglass.${name}" . }}`, `--template.data=${data}`],
  )
  return said
}

test('what is over says so, and since when', async () => {
  expect(await rendered('subject', 'resolved')).toBe('Over: ServiceDown in exams')
  expect(await rendered('text', 'resolved')).toContain('answers (over since 10:20 UTC)\n')
  expect(await rendered('html', 'resolved', 'html')).toContain('until 10:20 UTC')
})

test('a chat gets the words and both links', async () => {
  const text = await rendered('chat', 'firing')
  expect(text).toStartWith('*No replica of <exams> answers*\nNothing is stored.\n<https://')
  expect(text).toMatch(/docs\/runbooks\/service-down\.md\|Runbook> · <http:\S+\/d\/application\|Dashboard>/)
})
