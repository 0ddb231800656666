import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { toPage } from './docs/page'
import { makeGroup } from './rules/make'
import { toRulesText } from './rules/rules-text'
import { generateWithSloth } from './sloth/generate'
import { readSloFolder } from './spec/read'

/** A file that is not as slo/ says; `text` is what it should have, `null` where it should not be. */
export type Drift = { path: string; text: string | null }

const rulesFolder = 'prometheus/rules'
const isOurs = (name: string) => /^slo-.+\.yml$/.test(name)

/** What `bun run slo` would write into a repository, or take away. Throws InvalidSlos. */
export async function listDrift(repository: string): Promise<Drift[]> {
  const files = await makeFiles(repository)
  const stale = [...files].filter(([path, text]) => textOf(join(repository, path)) !== text)
  const left = readdirSync(join(repository, rulesFolder))
    .filter((name) => isOurs(name) && !files.has(`${rulesFolder}/${name}`))
    .map((name) => ({ path: `${rulesFolder}/${name}`, text: null }))
  return [...stale.map(([path, text]) => ({ path, text })), ...left]
}

export function writeFiles(repository: string, drift: readonly Drift[]): void {
  for (const { path, text } of drift) {
    if (text === null) rmSync(join(repository, path))
    else writeFileSync(join(repository, path), text)
  }
}

/** Everything that follows from slo/: texts by their paths in the repository. */
async function makeFiles(repository: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const services = readSloFolder(join(repository, 'slo'))
  const made = await generateWithSloth(join(repository, 'slo'))
  for (const [file, its] of Map.groupBy(services, ({ file }) => file)) {
    const groups = its.flatMap(({ slos }) =>
      slos.map((slo) => {
        const sloth = made.get(slo.id)
        if (!sloth) throw new Error(`Sloth has made nothing of ${slo.id}`)
        return makeGroup(slo, sloth)
      }),
    )
    files.set(`${rulesFolder}/slo-${basename(file).replace(/\.ya?ml$/, '')}.yml`, toRulesText(file, groups))
  }
  return files.set('docs/slo.md', toPage(services))
}

const textOf = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null)
