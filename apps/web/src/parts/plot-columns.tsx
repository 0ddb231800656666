import { For, Show } from 'solid-js'
import { formatNumber } from '../lib/format'
import { type Box, type FrameProps, PlotFrame, plotMargin } from './plot-frame'

export type PlotColumn = {
  label: string
  /** 0 or more; `null` where there is nothing to draw. */
  value: number | null
  /** Heights that mean something, each a line across the column. */
  marks: readonly number[]
}

const box: Box = { width: 400, height: 220 }
const bottom = box.height - plotMargin.bottom
const plotHeight = bottom - plotMargin.top

/**
 * A column for each thing, small, on a scale on which each step is a multiple of the one before: for values from nothing to the
 * thousandfold. `ticks` rise from 0; the axis ends at the first that all values stay below, or at the last.
 */
export function Columns(
  props: FrameProps & {
    columns: readonly PlotColumn[]
    ticks: readonly number[]
    head: readonly string[]
    rows: readonly (readonly string[])[]
  },
) {
  const shown = () => {
    const highest = Math.max(...props.columns.flatMap(({ value, marks }) => [value ?? 0, ...marks]))
    const last = props.ticks.findIndex((tick) => tick >= highest)
    return last === -1 ? props.ticks : props.ticks.slice(0, last + 1)
  }
  const heightOf = (value: number) =>
    Math.min(plotHeight, (plotHeight * Math.log1p(value)) / Math.log1p(shown().at(-1) ?? 1))
  const room = () => (box.width - plotMargin.start - plotMargin.end) / props.columns.length
  const leftOf = (index: number) => plotMargin.start + index * room()
  return (
    <PlotFrame
      {...props}
      box={box}
      level={4}
      isEmpty={props.columns.every(({ value }) => !value)}
      xTicks={props.columns.map(({ label }, index) => ({ at: leftOf(index) + room() / 2, text: label }))}
      yTicks={shown().map((tick) => ({ at: bottom - heightOf(tick), text: formatNumber(tick) }))}
    >
      <For each={props.columns}>
        {(column, index) => (
          <>
            <Show when={column.value}>
              {(value) => (
                <rect
                  class="plot-bar"
                  x={leftOf(index()) + room() * 0.2}
                  width={room() * 0.6}
                  y={bottom - heightOf(value())}
                  height={heightOf(value())}
                />
              )}
            </Show>
            <For each={column.marks}>
              {(mark) => (
                <line
                  class="plot-mark"
                  x1={leftOf(index()) + room() * 0.08}
                  x2={leftOf(index()) + room() * 0.92}
                  y1={bottom - heightOf(mark)}
                  y2={bottom - heightOf(mark)}
                />
              )}
            </For>
          </>
        )}
      </For>
    </PlotFrame>
  )
}
