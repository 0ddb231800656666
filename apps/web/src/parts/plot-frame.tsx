import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { t } from '../messages/lists'
import './plot.css'

/** The picture's own units; it is scaled to the width that there is. */
export type Box = { width: number; height: number }
export const usualBox: Box = { width: 640, height: 300 }
export const plotMargin = { start: 56, end: 16, top: 12, bottom: 48 }

/** Where it stands in the picture, and what it says. */
export type Tick = { at: number; text: string }

export type FrameProps = {
  /** The question that the plot answers. */
  title: string
  /** The answer in words. */
  finding?: string
  /** With its unit: "Marks (of 20)". */
  xLabel: string
  yLabel: string
}

/** Title, finding, axes and the table twin around the marks of a plot. */
export function PlotFrame(
  props: FrameProps & {
    box?: Box
    /** Of its heading. */
    level?: 3 | 4
    /** Nothing is drawn: the words say it all. */
    isEmpty?: boolean
    xTicks: readonly Tick[]
    yTicks: readonly Tick[]
    head: readonly string[]
    rows: readonly (readonly string[])[]
    children: JSX.Element
  },
) {
  const id = createUniqueId()
  const box = () => props.box ?? usualBox
  const bottom = () => box().height - plotMargin.bottom
  const right = () => box().width - plotMargin.end
  return (
    <figure class="plot" aria-labelledby={id}>
      <figcaption>
        <Show when={props.level === 4} fallback={<h3 id={id}>{props.title}</h3>}>
          <h4 id={id}>{props.title}</h4>
        </Show>
        <Show when={props.finding}>
          <p>{props.finding}</p>
        </Show>
      </figcaption>
      <Show when={!props.isEmpty}>
        <svg viewBox={`0 0 ${box().width} ${box().height}`} class="plot-picture" aria-hidden="true">
          <For each={props.yTicks}>
            {({ at, text }) => (
              <>
                <line class="plot-grid" x1={plotMargin.start} x2={right()} y1={at} y2={at} />
                <text class="plot-tick" x={plotMargin.start - 8} y={at + 4} text-anchor="end">
                  {text}
                </text>
              </>
            )}
          </For>
          <For each={props.xTicks}>
            {({ at, text }) => (
              <text class="plot-tick" x={at} y={bottom() + 18} text-anchor="middle">
                {text}
              </text>
            )}
          </For>
          {props.children}
          <line class="plot-axis" x1={plotMargin.start} x2={right()} y1={bottom()} y2={bottom()} />
          <text class="plot-axis-label" x={(plotMargin.start + right()) / 2} y={box().height - 8} text-anchor="middle">
            {props.xLabel}
          </text>
          <text
            class="plot-axis-label"
            transform={`translate(14 ${(plotMargin.top + bottom()) / 2}) rotate(-90)`}
            text-anchor="middle"
          >
            {props.yLabel}
          </text>
        </svg>
      </Show>
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
