/** How a number of a unit of Grafana's is written: `0.012` of `s` is `12 ms`. What has no unit of its own here is a plain number. */
export function formatValue(value: number, unit: string | undefined): string {
  if (unit === 's') return formatSeconds(value)
  if (unit === 'percentunit') return `${round(value * 100)} %`
  if (unit === 'bytes') return formatBytes(value)
  if (unit === 'binBps') return `${formatBytes(value)}/s`
  if (unit === 'reqps') return `${formatCount(value)} req/s`
  if (unit === 'cps' || unit === 'eps') return `${formatCount(value)}/s`
  return formatCount(value)
}

/** Three figures, no zeros behind them. */
const round = (value: number): string => String(Number(value.toPrecision(3)))

function formatSeconds(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0 s'
  if (size < 0.001) return `${round(value * 1e6)} µs`
  if (size < 1) return `${round(value * 1e3)} ms`
  if (size < 120) return `${round(value)} s`
  if (size < 7_200) return `${round(value / 60)} min`
  return `${round(value / 3_600)} h`
}

function scale(value: number, base: number, names: readonly string[]): string {
  let [rest, index] = [value, 0]
  while (Math.abs(rest) >= base && index < names.length - 1) {
    rest /= base
    index++
  }
  return `${round(rest)} ${names[index]}`.trim()
}

const formatBytes = (value: number): string => scale(value, 1_024, ['B', 'KiB', 'MiB', 'GiB', 'TiB'])
const formatCount = (value: number): string => scale(value, 1_000, ['', 'K', 'M', 'G'])
