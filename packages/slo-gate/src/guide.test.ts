import { expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examples } from '../fixtures/examples'
import { Policy } from './policy/policy'
import { simulate } from './simulate/simulate'

setDefaultTimeout(60_000)
const clone = join(import.meta.dir, '../../..')
const page = readFileSync(join(clone, 'docs/slo-gate.md'), 'utf8')

/** Blocks below a comment such as `<!-- example: idle -->`. */
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`<!-- ${kind}: (.*?) -->\\n+\`\`\`\\w+\\n([\\s\\S]*?)\\n\`\`\``, 'g'))].map(
    ([, name = '', text = '']) => [name, text] as const,
  )

test('docs/slo-gate.md shows every verdict as the gate prints it', () => {
  expect(Object.fromEntries(blocks('example'))).toEqual({ ...examples })
})

test('what it says that slo:simulate prints is what it prints', () => {
  const shown = blocks('simulate')
  expect(shown.length).toBeGreaterThan(3)
  for (const [command, text] of shown) {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
    const args = words.map((word) => (word.startsWith('slo/') ? join(clone, word) : word))
    const printed = simulate([...args, '--policy', join(clone, 'slo/gate/policy.yaml')])
    expect(printed.replaceAll(`${clone}/`, '')).toBe(text)
  }
})

test('its pieces of policies are such', () => {
  for (const [, text] of blocks('policy')) expect(Policy.safeParse(Bun.YAML.parse(text)).error).toBeUndefined()
  expect(blocks('policy')).toHaveLength(2)
})
