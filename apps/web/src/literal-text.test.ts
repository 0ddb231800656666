import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { Glob } from 'bun'
import { parseSync, Visitor } from 'vite'

const attributesThatAreRead = ['title', 'label', 'hint', 'lead', 'caption', 'alt', 'placeholder', 'aria-label']
const isWords = (value: unknown): value is string => typeof value === 'string' && /\p{L}/u.test(value)

/** Words that stand in a page's source instead of the catalogue. */
function findLiteralText(path: string, source: string): string[] {
  const found: string[] = []
  new Visitor({
    JSXText: ({ value }) => {
      if (isWords(value)) found.push(value.trim())
    },
    JSXExpressionContainer: ({ expression }) => {
      // Class names are put together by templates, too: only a word between spaces is a sentence.
      if (
        expression.type === 'TemplateLiteral' &&
        expression.quasis.some(({ value }) => / \p{L}{2,} /u.test(value.raw))
      ) {
        found.push(source.slice(expression.start, expression.end))
      }
    },
    JSXAttribute: ({ name, value }) => {
      const isRead = name.type === 'JSXIdentifier' && attributesThatAreRead.includes(name.name)
      if (isRead && value?.type === 'Literal' && isWords(value.value)) found.push(value.value)
    },
  }).visit(parseSync(path, source).program)
  return found
}

test('every text that a person sees comes from the catalogue', async () => {
  const found: string[] = []
  for (const path of new Glob('**/*.tsx').scanSync(import.meta.dir)) {
    // The style guide is ours alone and never built.
    if (path.startsWith('app/styleguide/')) continue
    const source = await Bun.file(join(import.meta.dir, path)).text()
    found.push(...findLiteralText(path, source).map((text) => `${path}: ${text}`))
  }
  expect(found).toEqual([])
})

test('a planted text is found: in an element, in a template, in an attribute', () => {
  const template = '`$' + '{n} of $' + '{m}`'
  const source = `<p title="Stored">Time is up<b>{t("x")}</b>{${template}}</p>`
  expect(findLiteralText('a.tsx', source)).toEqual(['Stored', 'Time is up', template])
})
