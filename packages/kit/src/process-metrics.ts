import type { SpanExporter } from '@hourglass/telemetry/exporter'
import { createRegistry, type Registry } from '@hourglass/telemetry/metrics'

const lagEveryMs = 100

/**
 * What a process uses, apart from what its services do: one registry, once a process. Of it only what is true under Bun: resident
 * memory, processor seconds, how late its event loop is, and what became of its spans.
 */
export function measureProcess(
  name: string,
  { version, exporter }: { version: string; exporter: SpanExporter | null },
): { registry: Registry; stop: () => void } {
  const registry = createRegistry({ service: name })
  registry.gauge({
    name: 'hourglass_build_info',
    help: 'Always 1; the label says which version runs.',
    labels: ['version'],
    collect: (gauge) => gauge.set({ version }, 1),
  })
  registry.gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory of the process.',
    collect: (gauge) => gauge.set({}, process.memoryUsage.rss()),
  })
  registry.counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time used by the process, user and system.',
    collect: (counter) => {
      const { user, system } = process.cpuUsage()
      counter.set({}, (user + system) / 1e6)
    },
  })
  registry.gauge({
    name: 'process_start_time_seconds',
    help: 'When the process began, in seconds since 1970.',
    collect: (gauge) => gauge.set({}, performance.timeOrigin / 1_000),
  })
  registry.counter({
    name: 'telemetry_spans_exported_total',
    help: 'Spans that the collector has taken.',
    collect: (counter) => counter.set({}, exporter?.exported() ?? 0),
  })
  registry.gauge({
    name: 'telemetry_spans_waiting',
    help: 'Spans that wait to be sent.',
    collect: (gauge) => gauge.set({}, exporter?.waiting() ?? 0),
  })
  registry.counter({
    name: 'telemetry_spans_dropped_total',
    help: 'Spans that nobody will see, by reason: queue_full, export_failed, refused, trace_too_long, stopped.',
    labels: ['reason'],
    collect: (counter) => {
      for (const [reason, count] of exporter?.dropped() ?? []) counter.set({ reason }, count)
    },
  })
  return { registry, stop: watchEventLoop(registry) }
}

/** Sets a timer again and again and sees how late it comes: what else is ready waits as long. */
function watchEventLoop(registry: Registry): () => void {
  const lag = registry.histogram({
    name: 'process_event_loop_lag_seconds',
    help: 'How late a timer came that was due: so long does everything that is ready wait for its turn.',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  })
  let due = performance.now() + lagEveryMs
  const timer = setInterval(() => {
    const now = performance.now()
    lag.observe({}, Math.max(0, now - due) / 1_000)
    due = now + lagEveryMs
  }, lagEveryMs)
  timer.unref()
  return () => clearInterval(timer)
}
