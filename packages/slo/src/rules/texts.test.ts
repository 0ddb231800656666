import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Promised, readPromises } from '../../fixtures/promises'
import { askPromtool } from '../../fixtures/promtool'
import { feed } from '../../fixtures/traffic'
import type { Alert, Group } from './rule'

const promises = await readPromises()
const perMinute = 1_000

/** What promtool finds in the words of alerts when 20 minutes have been good and 50 bad. `words` are those that an alert should have. */
type Asked = { promised: Promised; everyMinutes: number; words: { summary: string; description: string } }

async function complaintAbout({ promised, everyMinutes, words }: Asked) {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-slo-'))
  try {
    const { slo, groupFor } = promised
    const group = groupFor({ intervalSeconds: everyMinutes * 60, unmended: [] })
    const alert = fastPageOf(group)
    // promtool wants every alert of a name listed: the others are left out.
    const rules = group.rules.filter((rule) => 'record' in rule || JSON.stringify(rule) === JSON.stringify(alert))
    writeFileSync(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ ...group, rules }] }))
    const story = [
      { minutes: 20, perMinute },
      { minutes: 50, perMinute, bad: perMinute },
    ]
    const { runbook_url, dashboard_url } = alert.annotations
    const exp_annotations = { ...words, runbook_url, dashboard_url }
    // Of the requests that fail, the route is in another metric.
    const failing = {
      series: `http_requests_total{service="${slo.service}", route="/api/things", status="500"}`,
      values: '0x80 0+250x200',
    }
    const test = {
      interval: '15s',
      input_series: [...feed(slo, story, 15), failing],
      alert_rule_test: [
        { eval_time: '70m', alertname: alert.alert, exp_alerts: [{ exp_labels: alert.labels, exp_annotations }] },
      ],
    }
    const file = join(folder, 'test.yml')
    writeFileSync(
      file,
      JSON.stringify({ rule_files: ['rules.yml'], evaluation_interval: `${everyMinutes}m`, tests: [test] }),
    )
    return await askPromtool([file])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fastPageOf({ rules }: Group): Alert {
  const found = rules.find(
    (rule): rule is Alert => 'alert' in rule && rule.labels.severity === 'page' && rule.labels.burn === 'fast',
  )
  if (!found) throw new Error('there is no fast page')
  return found
}

test('the words of an alert say who feels it, what is left, until when, and what contributes most', async () => {
  const saves = promises.find(({ slo }) => slo.id === 'exams-saves')
  if (!saves) throw new Error('exams-saves is gone')
  const description = [
    'Students see "kept here, not stored yet". Each answer is sent again until it is stored; one that comes after the end and its grace is lost.',
    'Left of the budget of 30 days: -14.56%. At the rate of the last hour it is empty in 0.0 h. Most of it: failed (16.67/s).',
  ].join(' ')
  const summary = 'Answers are not stored within a second: the budget burns 1000.0 times too fast'
  expect(await complaintAbout({ promised: saves, everyMinutes: 1, words: { summary, description } })).toBe('')
}, 30_000)

test('of every SLO the words can be put together', async () => {
  for (const promised of promises) {
    const complaint = await complaintAbout({ promised, everyMinutes: 10, words: { summary: '?', description: '?' } })
    const [, description = complaint] = /got:.*?description="((?:[^"\\]|\\.)*)"/s.exec(complaint) ?? []
    expect(description).toMatch(
      / days: -?[\d.]+%\. At the rate of the last hour it is empty in [\d.]+ h\. Most of it: \S+ \([\d.]+\/s\)\.$/,
    )
  }
}, 60_000)
