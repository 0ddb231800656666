import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text'

/** Words on the page, in Markdown: what one must know to read it. */
export const note = (title: string, content: string, height = 4): PanelBuilder =>
  new PanelBuilder().title(title).description(content).span(24).height(height).mode(TextMode.Markdown).content(content)
