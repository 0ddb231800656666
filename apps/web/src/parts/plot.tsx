import { createMemo, For, type JSX } from 'solid-js'
import { formatNumber } from '../lib/format'
import { t } from '../messages/lists'
import { type FrameProps, PlotFrame, plotMargin, usualBox } from './plot-frame'
import { type Axis, axisOf } from './plot-scale'

const plotWidth = usualBox.width - plotMargin.start - plotMargin.end
const plotHeight = usualBox.height - plotMargin.top - plotMargin.bottom

export type Bin = { from: number; to: number; count: number }

/** How many fall into each range. */
export function Histogram(props: FrameProps & { bins: readonly Bin[] }) {
  const x = createMemo(() =>
    axisOf(
      props.bins.flatMap(({ from, to }) => [from, to]),
      8,
    ),
  )
  const y = createMemo(() => axisOf([0, ...props.bins.map(({ count }) => count)], 5, true))
  return (
    <Frame
      {...props}
      x={x()}
      y={y()}
      head={[props.xLabel, props.yLabel]}
      rows={props.bins.map((bin) => [rangeText(bin), formatNumber(bin.count)])}
    >
      <For each={props.bins}>
        {(bin) => (
          <rect
            class="plot-bar"
            x={toX(bin.from, x()) + 1}
            width={Math.max(1, toX(bin.to, x()) - toX(bin.from, x()) - 2)}
            y={toY(bin.count, y())}
            height={toY(y().min, y()) - toY(bin.count, y())}
          >
            <title>{`${rangeText(bin)}: ${formatNumber(bin.count)}`}</title>
          </rect>
        )}
      </For>
    </Frame>
  )
}

export type Point = { label: string; x: number; y: number; href?: string }

/** One point per thing; each has its name beside it. */
export function Scatter(props: FrameProps & { points: readonly Point[]; nameHeader: string }) {
  const x = createMemo(() =>
    axisOf(
      props.points.map((point) => point.x),
      8,
    ),
  )
  const y = createMemo(() =>
    axisOf(
      props.points.map((point) => point.y),
      6,
    ),
  )
  return (
    <Frame
      {...props}
      x={x()}
      y={y()}
      head={[props.nameHeader, props.xLabel, props.yLabel]}
      rows={props.points.map((point) => [point.label, formatNumber(point.x), formatNumber(point.y)])}
    >
      <For each={props.points}>
        {(point) => (
          <g>
            <circle class="plot-point" cx={toX(point.x, x())} cy={toY(point.y, y())} r="5">
              <title>{`${point.label}: ${formatNumber(point.x)}, ${formatNumber(point.y)}`}</title>
            </circle>
            <text class="plot-label" x={toX(point.x, x()) + 8} y={toY(point.y, y()) + 4}>
              {point.label}
            </text>
          </g>
        )}
      </For>
    </Frame>
  )
}

/** A frame around two axes of numbers. */
function Frame(
  props: FrameProps & {
    x: Axis
    y: Axis
    head: readonly string[]
    rows: readonly (readonly string[])[]
    children: JSX.Element
  },
) {
  return (
    <PlotFrame
      {...props}
      xTicks={props.x.ticks.map((tick) => ({ at: toX(tick, props.x), text: formatNumber(tick) }))}
      yTicks={props.y.ticks.map((tick) => ({ at: toY(tick, props.y), text: formatNumber(tick) }))}
    />
  )
}

const toX = (value: number, { min, max }: Axis): number => plotMargin.start + ((value - min) / (max - min)) * plotWidth
const toY = (value: number, { min, max }: Axis): number =>
  plotMargin.top + plotHeight - ((value - min) / (max - min)) * plotHeight
const rangeText = ({ from, to }: Bin): string => t('plot.range', { from, to })
