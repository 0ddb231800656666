import { createMemo, createUniqueId, For, type JSX, Show } from 'solid-js'
import { formatNumber } from '../lib/format'
import { t } from '../messages/lists'
import { type Axis, axisOf } from './plot-scale'
import './plot.css'

const width = 640
const height = 300
const margin = { start: 56, end: 16, top: 12, bottom: 48 }
const plotWidth = width - margin.start - margin.end
const plotHeight = height - margin.top - margin.bottom

type FrameProps = {
  /** The question that the plot answers. */
  title: string
  /** The answer in words. */
  finding?: string
  /** With its unit: "Marks (of 20)". */
  xLabel: string
  yLabel: string
}

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

/** Title, finding, axes and the table twin around the marks of a plot. */
function Frame(
  props: FrameProps & {
    x: Axis
    y: Axis
    head: readonly string[]
    rows: readonly (readonly string[])[]
    children: JSX.Element
  },
) {
  const id = createUniqueId()
  const bottom = height - margin.bottom
  return (
    <figure class="plot" aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{props.title}</h3>
        <Show when={props.finding}>
          <p>{props.finding}</p>
        </Show>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} class="plot-picture" aria-hidden="true">
        <For each={props.y.ticks}>
          {(tick) => (
            <>
              <line
                class="plot-grid"
                x1={margin.start}
                x2={width - margin.end}
                y1={toY(tick, props.y)}
                y2={toY(tick, props.y)}
              />
              <text class="plot-tick" x={margin.start - 8} y={toY(tick, props.y) + 4} text-anchor="end">
                {formatNumber(tick)}
              </text>
            </>
          )}
        </For>
        <For each={props.x.ticks}>
          {(tick) => (
            <text class="plot-tick" x={toX(tick, props.x)} y={bottom + 18} text-anchor="middle">
              {formatNumber(tick)}
            </text>
          )}
        </For>
        {props.children}
        <line class="plot-axis" x1={margin.start} x2={width - margin.end} y1={bottom} y2={bottom} />
        <text class="plot-axis-label" x={margin.start + plotWidth / 2} y={height - 8} text-anchor="middle">
          {props.xLabel}
        </text>
        <text
          class="plot-axis-label"
          transform={`translate(14 ${margin.top + plotHeight / 2}) rotate(-90)`}
          text-anchor="middle"
        >
          {props.yLabel}
        </text>
      </svg>
      <details>
        <summary>{t('plot.table')}</summary>
        <table class="table">
          <caption class="hidden-text">{props.title}</caption>
          <thead>
            <tr>
              <For each={props.head}>{(text) => <th scope="col">{text}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={props.rows}>
              {(row) => (
                <tr>
                  <For each={row}>
                    {(text, index) =>
                      index() === 0 ? <th scope="row">{text}</th> : <td class="table-number">{text}</td>
                    }
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </details>
    </figure>
  )
}

const toX = (value: number, { min, max }: Axis): number => margin.start + ((value - min) / (max - min)) * plotWidth
const toY = (value: number, { min, max }: Axis): number =>
  margin.top + plotHeight - ((value - min) / (max - min)) * plotHeight
const rangeText = ({ from, to }: Bin): string => t('plot.range', { from, to })
