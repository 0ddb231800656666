import './html.css'

/** HTML that the server has sanitised: question texts, feedback, intros. The only place that sets `innerHTML`. */
export function Html(props: { html: string; isInline?: boolean; class?: string }) {
  return props.isInline ? (
    // A wrapping paragraph would break the line inside of a label.
    <span class={`html html-inline ${props.class ?? ''}`} dir="auto" innerHTML={props.html} />
  ) : (
    <div class={`html ${props.class ?? ''}`} dir="auto" innerHTML={props.html} />
  )
}
