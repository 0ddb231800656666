import { createEffect } from 'solid-js'
import './html.css'

/** HTML that the server has sanitised: question texts, feedback, intros. The only place that sets `innerHTML`. */
export function Html(props: { html: string; isInline?: boolean; class?: string }) {
  let box: HTMLElement | undefined
  const keep = (element: HTMLElement) => {
    box = element
  }
  createEffect(() => {
    if (box) showHtml(box, props.html)
  })
  return props.isInline ? (
    // A wrapping paragraph would break the line inside of a label.
    <span ref={keep} class={`html html-inline ${props.class ?? ''}`} dir="auto" />
  ) : (
    <div ref={keep} class={`html ${props.class ?? ''}`} dir="auto" />
  )
}

/** Puts sanitised HTML into an element. Code that may be wider than the page can be scrolled by keyboard, too. */
export function showHtml(box: HTMLElement, html: string): void {
  box.innerHTML = html
  for (const code of box.querySelectorAll<HTMLElement>('pre')) code.tabIndex = 0
}
