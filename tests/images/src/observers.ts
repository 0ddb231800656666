import { expect, test } from 'bun:test'
import { readTrace } from '@hourglass/hourglass/ask/tempo'
import { askLoki, askPrometheus, askTargets, getJson } from '@hourglass/observability-tests/ask'
import { readRules } from '@hourglass/observability-tests/rules'
import { eventually } from '@hourglass/testing/poll'
import { z } from 'zod'
import type { Compose } from './compose'
import type { StandIn } from './stand-ins'

/** Nothing that could stand in for these is to be had as source or from Debian. */
export const notObserved = ['grafana', 'mongodb-exporter']

/** Users of the images, where compose.yaml names no other; what they may do beside nothing. */
const observers = {
  prometheus: { user: 'nobody', caps: [] },
  alertmanager: { user: 'nobody', caps: [] },
  loki: { user: '10001', caps: [] },
  tempo: { user: '10001:10001', caps: [] },
  collector: { user: '0', caps: ['CAP_DAC_READ_SEARCH'] },
  'node-exporter': { user: 'nobody', caps: [] },
  'postgres-exporter': { user: '65532:65532', caps: [] },
  'redis-exporter': { user: '59000:59000', caps: [] },
} satisfies Partial<Record<StandIn, { user: string; caps: string[] }>>
const names = Object.keys(observers) as (keyof typeof observers)[]

/** The variables by which compose.yaml takes the stand-ins for what looks on; says what has none. */
export function observerImages(standIns: Record<StandIn, string>): Record<string, string> {
  for (const name of notObserved) console.log(`no stand-in for ${name}: it is left out`)
  return Object.fromEntries(names.map((name) => [`${name.toUpperCase().replaceAll('-', '_')}_IMAGE`, standIns[name]]))
}

type Observed = {
  compose: Compose
  addresses: { prometheus: string; alertmanager: string; loki: string; tempo: string }
  /** An attempt that was sat to its result. */
  attemptId: string
  services: readonly string[]
}

const Rules = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().default('') })),
      }),
    ),
  }),
})
const patiently = { withinMs: 60_000, everyMs: 500 }

/** Registers the tests of what looks on at the services, beside which an exam has been sat. */
export function testObservers(observed: () => Observed): void {
  test('what looks on runs as its image’s user, on a root that it cannot write to, with no right but the collector’s', async () => {
    const { compose } = observed()
    for (const name of names) {
      const { State, Config, HostConfig, EffectiveCaps } = await compose.inspect(name)
      expect({ name, Status: State.Status, ReadonlyRootfs: HostConfig.ReadonlyRootfs }).toEqual({
        ...{ name, Status: 'running', ReadonlyRootfs: true },
      })
      expect({ name, user: Config.User, caps: EffectiveCaps ?? [] }).toEqual({ name, ...observers[name] })
      expect(HostConfig.Memory).toBeGreaterThan(0)
    }
  })

  test('the collector starts once Loki is healthy', async () => {
    const { compose } = observed()
    const { Log } = (await compose.inspect('loki')).State.Health
    const healthySince = Log?.find(({ ExitCode }) => ExitCode === 0)?.Start ?? ''
    expect(Date.parse(healthySince)).toBeLessThan(Date.parse((await compose.inspect('collector')).State.StartedAt))
  })

  test('Prometheus scrapes everything that runs, and has found Alertmanager', async () => {
    const { addresses, services } = observed()
    const left = new Set(notObserved.map((name) => name.replace('-exporter', '')))
    await eventually(async () => {
      const down = (await askTargets(addresses.prometheus)).filter(({ health }) => health !== 'up')
      expect(new Set(down.map(({ labels }) => labels.instance))).toEqual(left)
    }, patiently)
    for (const query of ['pg_up == 1', 'redis_up == 1', 'rabbitmq_detailed_queue_messages_ready', 'node_load1']) {
      expect({ query, found: await askPrometheus(addresses.prometheus, query) }).not.toMatchObject({ found: [] })
    }
    for (const service of services) {
      const query = `http_request_duration_seconds_count{service="${service}"}`
      expect({ query, found: await askPrometheus(addresses.prometheus, query) }).not.toMatchObject({ found: [] })
    }
    expect(await getJson(`${addresses.prometheus}/api/v1/alertmanagers`)).toMatchObject({
      data: { activeAlertmanagers: [{ url: 'http://alertmanager:9093/api/v2/alerts' }] },
    })
  }, 90_000)

  test('every rule is loaded and is evaluated without an error', async () => {
    const { addresses } = observed()
    const { alerts, recordings } = readRules()
    const ours = [...alerts.map(({ alert }) => alert), ...recordings.map(({ record }) => record)]
    await eventually(async () => {
      const { data } = Rules.parse(await getJson(`${addresses.prometheus}/api/v1/rules`))
      const rules = data.groups.flatMap((group) => group.rules)
      expect(rules.map(({ name }) => name).sort()).toEqual(ours.sort())
      expect(rules.filter(({ health }) => health !== 'ok')).toEqual([])
    }, patiently)
  }, 90_000)

  test('what became of the exam are lines in Loki, and by their ids traces in Tempo, of which Prometheus has the edges', async () => {
    const { addresses, attemptId } = observed()
    const edge = `{service="gateway"} |= "${attemptId}"`
    await untilTraced(addresses, edge, ['gateway', 'exams'])
    // Sealed by the student or, on a busy machine, by the deadline: from there it goes on to the marks and to the mail.
    const sealed = `{service="exams"} |= "${attemptId}" |= "attempt.sealed" |= "told"`
    await untilTraced(addresses, sealed, ['exams', 'grading', 'notifier'])
    await eventually(async () => {
      const query = 'traces_service_graph_request_total{client="gateway", server="exams"} > 0'
      expect(await askPrometheus(addresses.prometheus, query)).not.toBeEmpty()
    }, patiently)
  }, 200_000)
}

/** Until one of the lines that a query finds is of a trace with spans of all these services. */
async function untilTraced(
  { loki, tempo }: Observed['addresses'],
  query: string,
  services: readonly string[],
): Promise<void> {
  await eventually(async () => {
    const lines = await askLoki(loki, `${query} | json trace="trace_id"`)
    const ids = new Set(lines.map(({ labels }) => labels.trace ?? ''))
    const traces = await Promise.all([...ids].slice(0, 5).map((id) => readTrace(tempo, id)))
    const found = traces.map((spans) => new Set(spans.map(({ service }) => service)))
    const isThere = found.some((names) => services.every((name) => names.has(name)))
    expect({ query, services, found, isThere }).toMatchObject({ isThere: true })
  }, patiently)
}
