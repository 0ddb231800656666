import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findSloth } from '@hourglass/servers/sloth'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'

const Labels = z.record(z.string(), z.string())
const Recording = z.object({ record: z.string(), expr: z.string(), labels: Labels })
const Alert = z.object({ alert: z.string(), expr: z.string(), labels: Labels, annotations: Labels })
const RuleFile = z.object({ groups: z.array(z.object({ rules: z.array(z.union([Alert, Recording])) })) })

/** What Sloth makes of one SLO: its recordings by name, and what it says of the two alerts. */
export type SlothRules = {
  recordings: ReadonlyMap<string, z.infer<typeof Recording>>
  page: z.infer<typeof Alert> | null
  ticket: z.infer<typeof Alert> | null
}

/**
 * Has Sloth make the rules of the YAML files of a folder and of none below it, for a period of 30 days; answers them by the ids of the
 * SLOs. Throws what Sloth says when it takes a file for wrong, which is more than its form: it reads the PromQL.
 */
export async function generateWithSloth(folder: string): Promise<ReadonlyMap<string, SlothRules>> {
  const newFolder = () => mkdtempSync(join(tmpdir(), 'hourglass-sloth-'))
  const [copies, out] = [newFolder(), newFolder()]
  try {
    // It would read what lies in folders below as well, such as the gate's policy.
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.yaml'))) {
      copyFileSync(join(folder, name), join(copies, name))
    }
    const command = [await findSloth(), 'generate', '--no-color', '--default-slo-period=30d', '-i', copies, '-o', out]
    const child = Bun.spawn(command, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 })
    const said = await new Response(child.stderr).text()
    if ((await child.exited) !== 0) throw new Error(`Sloth does not take ${folder}: ${said.trim().split('\n').at(-1)}`)
    // A document a service, as in what it was made of.
    const documents = readdirSync(out).flatMap((name) => parseAllDocuments(readFileSync(join(out, name), 'utf8')))
    return bySlo(documents.flatMap((document) => RuleFile.parse(document.toJS()).groups))
  } finally {
    for (const each of [copies, out]) rmSync(each, { recursive: true, force: true })
  }
}

function bySlo(groups: z.infer<typeof RuleFile>['groups']): ReadonlyMap<string, SlothRules> {
  const rules = groups.flatMap((group) => group.rules)
  const recordings = Map.groupBy(
    rules.filter((rule) => 'record' in rule),
    ({ labels }) => labels.sloth_id ?? '',
  )
  const alertOf = (id: string, severity: string) =>
    rules
      .filter((rule) => 'alert' in rule)
      .find(({ expr, labels }) => labels.sloth_severity === severity && expr.includes(`sloth_id="${id}"`)) ?? null
  return new Map(
    [...recordings].map(([id, own]) => [
      id,
      {
        recordings: new Map(own.map((rule) => [rule.record, rule])),
        page: alertOf(id, 'page'),
        ticket: alertOf(id, 'ticket'),
      },
    ]),
  )
}
