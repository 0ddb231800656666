import MarkdownIt from 'markdown-it'
import { highlightCode } from './highlight'
import { type Formula, readFormula, replaceFormulas } from './math'
import { escapeHtml } from './sanitise'

/** What a formula becomes; null leaves its source as it stands. */
export type ShowFormula = (formula: Formula) => string | null

/** CommonMark with tables; HTML in it is kept for the sanitiser. Formulas come first, so no rule eats their backslashes. */
const markdown = new MarkdownIt({ html: true, maxNesting: 40 })

type Environment = { show: ShowFormula }
const environmentOf = (env: unknown): Environment => env as Environment // the only caller of render is below

markdown.inline.ruler.before('escape', 'formula', (state, silent) => {
  const formula = readFormula(state.src, state.pos)
  const shown = formula && environmentOf(state.env).show(formula)
  if (!formula || !shown) return false
  if (!silent) state.push('formula', '', 0).content = shown
  state.pos = formula.end
  return true
})

/** A formula on lines of its own, which may look like a list or a heading inside. */
markdown.block.ruler.before('fence', 'formula', (state, startLine, endLine, silent) => {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0)
  if (!/^(\$\$|\\\[)/.test(state.src.slice(start, start + 2))) return false
  const formula = readFormula(state.src, start)
  if (!formula) return false
  let line = startLine
  while (line < endLine && (state.eMarks[line] ?? 0) < formula.end) line++
  if (line >= endLine || state.src.slice(formula.end, state.eMarks[line]).trim() !== '') return false
  const shown = environmentOf(state.env).show(formula)
  if (!shown) return false
  if (silent) return true
  state.push('formula', '', 0).content = `<p>${shown}</p>\n`
  state.line = line + 1
  return true
})

markdown.renderer.rules.formula = (tokens, index) => tokens[index]?.content ?? ''
markdown.renderer.rules.html_block = (tokens, index, _options, env) =>
  replaceFormulas(tokens[index]?.content ?? '', environmentOf(env).show)
markdown.renderer.rules.fence = (tokens, index) => {
  const { info = '', content = '' } = tokens[index] ?? {}
  const language = /^[\w#+-]{1,30}/.exec(info.trim())?.[0] ?? ''
  const code = highlightCode(content, language) ?? escapeHtml(content)
  return `<pre><code class="hljs${language ? ` language-${language}` : ''}">${code}</code></pre>\n`
}

export const markdownToHtml = (text: string, show: ShowFormula): string =>
  markdown.render(text, { show } satisfies Environment)
