import { expect, test } from 'bun:test'
import { type Question, RichText } from '@hourglass/questions/question'
import { splitQuestion } from '@hourglass/questions/split'
import { measured } from '@hourglass/testing/processor'
import { createRender, renderRichText, renderWithRefusals } from './render'

const formats = RichText.shape.format.options
const digest = 'ab'.repeat(32)

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><animate onbegin=alert(1)></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a><a href="JaVa\tScRiPt:alert(1)">x</a><a href="data:text/html,x">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe><object data=x></object><embed src=x>',
  '<form action=/x><input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>',
  '<style>@import "http://evil/x.css"</style><link rel=stylesheet href=//evil><meta http-equiv=refresh content=0>',
  '<p style="background:url(http://evil)" onclick=alert(1) id=x class=admin data-gap="g1">x</p>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>',
  '![x](http://evil/x.png" onerror="alert(1))',
  '\\(\\href{javascript:alert(1)}{x}\\) \\(\\text{<img src=x onerror=alert(1)>}\\) \\(\\class{x}{y}\\) \\(\\includegraphics{http://evil/x.png}\\)',
  '<img alt="a>\\(\\text{ onerror=alert(1) }\\)" src=x>',
  `<img src="/api/images/${digest}" alt='\\("><script>alert(1)</script>\\)'>`,
  '```"><script>alert(1)</script>\n<script>alert(1)</script>\n```',
  '<pre><code class="language-js&quot; onclick=alert(1)">&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>',
  '\ue000\ue010\ue001<p title="\ue000\ue010\ue001">\\(x\\)</p>',
  '<base href=//evil><img src="//evil/x.png"><img srcset="http://evil/x 1x"><video src=http://evil poster=x>',
]

/** A browser's view of the tags: names and attributes only, since escaped text may well say `onerror`. */
const tagsOf = (html: string) => html.match(/<[a-z!/][^>]*>/gi) ?? []

test('no attack leaves a script, a handler, a foreign address or a style behind', () => {
  for (const text of attacks) {
    for (const format of formats) {
      const tags = tagsOf(renderRichText({ format, text })).map((tag) => tag.replace(/(alt|title)="[^"]*"/g, ''))
      for (const tag of tags) {
        expect(tag).not.toMatch(/\son\w+\s*=|javascript:|data:|evil|style|srcset|data-gap/i)
        expect(tag).not.toMatch(
          /^<\/?(script|svg|iframe|object|embed|form|input|button|link|meta|base|video|style|mglyph)/i,
        )
      }
    }
  }
})

test('a formula that ends up inside an attribute is left out of it', () => {
  expect(renderRichText({ format: 'html', text: '<p title="a>\\[x\\]">y</p>' })).toBe('<p title="a&gt;">y</p>')
})

test('formulas become MathML in each notation, but not in code and not from prices', () => {
  for (const format of formats)
    expect(renderRichText({ format, text: 'Let \\(a_1 > b\\).' })).toContain('<mo>&gt;</mo>')
  expect(renderRichText({ format: 'html', text: '\\(a &lt; b\\)' })).toContain('<mo>&lt;</mo>')
  expect(renderRichText({ format: 'markdown', text: '$$\n- a\n- b\n$$' })).toContain('<math display="block"')
  expect(renderRichText({ format: 'markdown', text: '`\\(x\\)` costs $5 or $6' })).not.toContain('<math')
  expect(renderRichText({ format: 'html', text: '<code>\\(x\\)</code>' })).not.toContain('<math')
  const bad = renderWithRefusals({ format: 'plain', text: '\\(\\frac{\\)' })
  expect(bad.html).toBe('\\(\\frac{\\)')
  expect(bad.refused).toHaveLength(1)
})

test('code is highlighted on the server and stays text', () => {
  const html = renderRichText({ format: 'markdown', text: '```python\nprint("<b>")\n```' })
  expect(html).toContain('<pre><code class="hljs language-python"><span class="hljs-built_in">print</span>')
  expect(html).toContain('&lt;b&gt;')
  const own = renderRichText({ format: 'html', text: '<pre><code class="language-js">let a = 1 &lt; 2</code></pre>' })
  expect(own).toContain('<span class="hljs-keyword">let</span>')
})

test('pictures come from our own store alone, and the others are named', () => {
  const { html, refused } = renderWithRefusals({
    format: 'markdown',
    text: `![a](image:${digest}) ![b](/api/images/${digest}) ![c](https://example.org/x.png)`,
  })
  expect(html.match(/<img [^>]*>/g)).toEqual([
    `<img src="/api/images/${digest}" alt="a" />`,
    `<img src="/api/images/${digest}" alt="b" />`,
  ])
  expect(refused).toEqual(['A picture from elsewhere is not shown: https://example.org/x.png'])
})

test('gaps stand in the stem of a split gap-fill question, once each, never inside a tag or a formula', () => {
  const plain = (text: string) => ({ format: 'plain' as const, text })
  const gap = { kind: 'short' as const, share: '1', caseSensitive: false, accepted: [] }
  const question: Question = {
    type: 'gap-fill',
    id: 'q',
    title: '',
    stem: { format: 'html', text: '<p title="[[g1]]">[[g1]] is \\(x\\) [[g2]] [[g1]] [[no]] \\([[g3]]\\)</p>' },
    maxMarks: '1',
    explanation: plain('[[g1]]'),
    tags: [],
    gaps: [
      { ...gap, id: 'g1' },
      { ...gap, id: 'g2' },
      { ...gap, id: 'g3' },
    ],
  }
  const { paper, key } = splitQuestion(question, createRender(question))
  expect(paper.html).toBe(
    '<p title="[[g1]]"><span data-gap="g1"></span> is <math><mi>x</mi></math> <span data-gap="g2"></span> [[g1]] [[no]] \\(<span data-gap="g3"></span>\\)</p>',
  )
  expect(key.explanationHtml).toBe('[[g1]]')
})

test('a text made to be slow is rendered in bounded time', () => {
  const pieces = [
    '<',
    '<div>',
    '<!--',
    '<pre>',
    '\\(',
    '$$a',
    '[[',
    '![](',
    '`',
    '> ',
    '*a_',
    '<a href="',
    '{',
    '<pre><code class=',
  ]
  for (const piece of pieces) {
    for (const format of formats) {
      const text = piece.repeat(Math.floor(200_000 / piece.length))
      const [, ms] = measured(() => renderRichText({ format, text }))
      expect(ms, `${format} ${piece}`).toBeLessThan(8_000)
    }
  }
})
