import { basename, dirname, join } from 'node:path'
import { makeGroup } from './rules/make'
import { toRulesText } from './rules/rules-text'
import { generateWithSloth } from './sloth/generate'
import { readSloFolder } from './spec/read'

/** Everything that follows from a folder of SLOs: texts by their paths in the repository. */
export async function makeFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  for (const [file, services] of Map.groupBy(readSloFolder(folder), ({ file }) => file)) {
    const made = await generateWithSloth(join(dirname(folder), file))
    const groups = services.flatMap(({ slos }) =>
      slos.map((slo) => {
        const sloth = made.get(slo.id)
        if (!sloth) throw new Error(`Sloth has made nothing of ${slo.id}`)
        return makeGroup(slo, sloth)
      }),
    )
    files.set(`prometheus/rules/slo-${basename(file).replace(/\.ya?ml$/, '')}.yml`, toRulesText(file, groups))
  }
  return files
}
