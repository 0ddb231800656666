import type { Question, RichText } from '@hourglass/questions/question'
import { decodeCharacters } from '../texts'
import { highlightCode } from './highlight'
import { markdownToHtml, type ShowFormula } from './markdown'
import { Marks, removeStrayMarks } from './marks'
import { type Formula, renderFormula, replaceFormulas } from './math'
import { escapeHtml, sanitiseHtml } from './sanitise'

/** `refused`: pictures and formulas that are not shown, in sentences for the author. */
export type Rendered = { html: string; refused: string[] }

/** What an author wrote as HTML that is safe to put into a page: formulas as MathML, code with highlight.js classes. */
export const renderRichText = (rich: RichText): string => renderWithRefusals(rich).html

/** The stem of a gap-fill question: each `[[id]]` of `gapIds` becomes `<span data-gap="id"></span>`, once. */
export const renderStem = (stem: RichText, gapIds: readonly string[]): string => renderWithRefusals(stem, gapIds).html

/** The render function that `splitQuestion(question, …)` wants: gaps in the stem, formulas and code everywhere. */
export function createRender(question: Question): (rich: RichText) => string {
  const gapIds = question.type === 'gap-fill' ? question.gaps.map(({ id }) => id) : []
  return (rich) => (rich === question.stem ? renderStem(rich, gapIds) : renderRichText(rich))
}

export function renderWithRefusals({ format, text }: RichText, gapIds: readonly string[] = []): Rendered {
  if (text === '') return { html: '', refused: [] }
  const marks = new Marks()
  const refused: string[] = []
  const source = removeStrayMarks(text)
  const show = createShow(marks, gapIds, refused)
  const html = toHtml(format, source, show)
  return { html: marks.restore(placeGaps(sanitiseHtml(html, refused), gapIds, marks)), refused }
}

function toHtml(format: RichText['format'], text: string, show: ShowFormula): string {
  switch (format) {
    case 'plain':
      return replaceFormulas(escapeHtml(text), show).replaceAll('\n', '<br>')
    case 'markdown':
      return markdownToHtml(text, show)
    case 'html':
      return highlightBlocks(replaceFormulas(text, show))
  }
}

function createShow(marks: Marks, gapIds: readonly string[], refused: string[]): ShowFormula {
  return ({ tex, isBlock }: Formula) => {
    if (gapIds.some((id) => tex.includes(`[[${id}]]`))) {
      refused.push(
        `A gap cannot stand inside a formula, so the formula is shown as it was written: ${tex.slice(0, 80)}`,
      )
      return null
    }
    const mathml = renderFormula(tex, isBlock)
    if (mathml === null) {
      refused.push(`A formula cannot be read and is shown as it was written: ${tex.trim().slice(0, 80)}`)
      return null
    }
    return marks.keep(mathml)
  }
}

/** In the text between tags only; a gap that is written twice stays as text the second time. */
function placeGaps(html: string, gapIds: readonly string[], marks: Marks): string {
  const open = new Set(gapIds)
  if (open.size === 0) return html
  return html.replace(/<[^>]*>|\[\[([A-Za-z0-9_-]{1,40})\]\]/g, (whole, id?: string) => {
    if (id === undefined || !open.delete(id)) return whole
    return marks.keep(`<span data-gap="${id}"></span>`)
  })
}

/** `<pre><code class="language-x">` of an HTML text; code that already holds markup stays as it is. */
function highlightBlocks(html: string): string {
  const block =
    /<pre[^<>]{0,200}>\s{0,20}<code[^<>]{0,100}class=["']?(?:hljs )?(?:language|lang)-([\w#+-]{1,30})["']?[^<>]{0,100}>([^<]{0,50000})<\/code>/gi
  return html.replace(block, (whole, language: string, source: string) => {
    const code = highlightCode(decodeCharacters(source), language)
    return code === null ? whole : `<pre><code class="hljs language-${language}">${code}</code>`
  })
}
