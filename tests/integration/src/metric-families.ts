export type Family = { name: string; type: string; help: string; labels: string }

/** The families of an exposition in Prometheus' text format, with the labels that their samples have (`service` and `le` aside). */
export function readExposition(text: string): Map<string, Family> {
  const families = new Map<string, Family>()
  for (const line of text.split('\n')) {
    const [, name = '', help = ''] = /^# HELP (\S+) (.*)$/.exec(line) ?? []
    if (name) families.set(name, { name, help, type: '', labels: '' })
    const [, typed = '', type = ''] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? []
    if (typed) Object.assign(familyOf(families, typed), { type })
    const [, sample = '', labels = ''] = /^([a-z_]+)\{(.*)\} \S+$/.exec(line) ?? []
    if (sample)
      Object.assign(familyOf(families, sample.replace(/_(?:bucket|sum|count)$/, '')), { labels: namesIn(labels) })
  }
  return families
}

/** The rows of the tables of `docs/metrics.md`. */
export function readPage(page: string): Map<string, Family> {
  const rows = page.matchAll(/^\| `([a-z_]+)` *\| (\w+) *\| (.*?) *\| (.*?) *\|$/gm)
  return new Map(
    [...rows].map(([, name = '', type = '', labels = '', help = '']) => [
      name,
      { name, type, help, labels: labels.replaceAll('`', '') },
    ]),
  )
}

const namesIn = (labels: string): string =>
  [...labels.matchAll(/([a-z_]+)="(?:[^"\\]|\\.)*"/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'service' && name !== 'le')
    .join(', ')

function familyOf(families: Map<string, Family>, name: string): Family {
  const family = families.get(name)
  if (!family) throw new Error(`${name} has a sample and no family`)
  return family
}
