import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { Glob } from 'bun'

const source = join(import.meta.dir, '..')
const files = [...new Glob('**/*.{ts,tsx}').scanSync(source)].filter((file) => !file.startsWith('messages/en'))
const code = (await Promise.all(files.map((file) => Bun.file(join(source, file)).text()))).join('\n')
/** Names that are put together: `state.${state}` says every text that begins with `state.`. */
const patterns = [...code.matchAll(/`[a-zA-Z][\w-]*\.[\w.-]*\$\{[^`]*`/g)].map(([whole]) =>
  toPattern(whole.slice(1, -1)),
)

function toPattern(template: string): RegExp {
  const parts = template.split(/\$\{[^{}]*\}/).map((part) => part.replace(/[^\w-]/g, '\\$&'))
  return new RegExp(`^${parts.join('[\\w. -]+')}$`)
}

const catalogues: Record<string, object>[] = []
for (const file of new Glob('messages/en/*.ts').scanSync(source)) catalogues.push(await import(join(source, file)))

test('every text of the catalogue is said somewhere', () => {
  const keys = catalogues.flatMap((exported) => Object.values(exported).flatMap((texts) => Object.keys(texts)))
  expect(keys.length).toBeGreaterThan(500)
  const isSaid = (key: string) =>
    code.includes(`'${key}'`) || code.includes(`"${key}"`) || patterns.some((pattern) => pattern.test(key))
  expect([...new Set(keys.filter((key) => !isSaid(key)))]).toEqual([])
})
