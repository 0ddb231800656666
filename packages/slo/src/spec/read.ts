import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { LineCounter, parseAllDocuments } from 'yaml'
import { budgetOf } from '../burn/burn'
import { SlothDocument, type SlothSlo } from './document'
import { type Fault, faultsOf, InvalidSlos, lineOf } from './faults'

export { type Fault, InvalidSlos } from './faults'

export type Sli =
  /** Both are PromQL with `{{.window}}` where the window belongs. */
  | { kind: 'events'; errorQuery: string; totalQuery: string }
  | { kind: 'raw'; errorRatioQuery: string }
  | { kind: 'plugin'; id: string; options: Readonly<Record<string, string>> }

/** Labels and annotations of one of the two alerts, those of `alerting` with its own over them. */
export type AlertWords = {
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
}

export type Slo = {
  /** `<service>-<name>`, the label `sloth_id`. */
  id: string
  service: string
  name: string
  file: string
  /** Where the SLO begins in `file`. */
  line: number
  description: string
  /** Percent, above 0 and up to 100. */
  objective: number
  /** The share of events that may be bad, from 0 on: 0.001 for 99.9 %. */
  budget: number
  /** Those of the service with the SLO's own over them. */
  labels: Readonly<Record<string, string>>
  sli: Sli
  /** `null` where the alert is disabled. */
  alerting: { name: string; page: AlertWords | null; ticket: AlertWords | null }
  /**
   * Twelve hex digits of the SHA-256 of everything that is promised and asked: service, name, objective, queries. Rules made from another
   * text of these have another one, in the label `spec_hash` of `sloth_slo_info`.
   */
  specHash: string
}

export type SloFile = { file: string; line: number; service: string; slos: readonly Slo[] }

/** Every service of a folder's `*.yaml`, by file name; `file` of each is `<folder's name>/<file>`. Throws InvalidSlos. */
export function readSloFolder(folder: string): SloFile[] {
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
  const texts = names.sort().map((name) => ({
    file: `${basename(folder)}/${name}`,
    text: readFileSync(join(folder, name), 'utf8'),
  }))
  return readSlos(texts)
}

/**
 * Reads files of Sloth's `prometheus/v1`; a file may have several documents, each a service. Throws InvalidSlos with every fault of all
 * of them, also when two SLOs have one id: their series would be the same.
 */
export function readSlos(texts: readonly { file: string; text: string }[]): SloFile[] {
  const faults: Fault[] = []
  const files = texts.flatMap(({ file, text }) => readDocuments(file, text, faults))
  const seen = new Map<string, Slo>()
  for (const slo of files.flatMap(({ slos }) => slos)) {
    const first = seen.get(slo.id)
    const message = first && `the SLO ${slo.id} is already in ${first.file}:${first.line}`
    if (message) faults.push({ file: slo.file, line: slo.line, path: slo.id, message })
    seen.set(slo.id, slo)
  }
  if (faults.length > 0) throw new InvalidSlos(faults)
  return files
}

function readDocuments(file: string, text: string, faults: Fault[]): SloFile[] {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines })
  if (documents.length === 0) {
    faults.push({ file, line: 1, path: '', message: 'has no document' })
    return []
  }
  return documents.flatMap((document) => {
    const [broken] = document.errors
    if (broken) {
      faults.push({
        file,
        line: broken.linePos?.[0].line ?? 1,
        path: '',
        message: `is no YAML: ${broken.message.split('\n')[0]}`,
      })
      return []
    }
    const parsed = SlothDocument.safeParse(document.toJS(), { reportInput: true })
    if (!parsed.success) {
      faults.push(...faultsOf(file, document, lines, parsed.error.issues))
      return []
    }
    const { service, labels, slos } = parsed.data
    const at = (path: (string | number)[]) => lineOf(document, lines, path)
    const toSloOf = (slo: SlothSlo, index: number) => toSlo(slo, { service, labels, file, line: at(['slos', index]) })
    return [{ file, line: at([]), service, slos: slos.map(toSloOf) }]
  })
}

type Context = Pick<Slo, 'service' | 'labels' | 'file' | 'line'>

function toSlo(slo: SlothSlo, { service, labels, file, line }: Context): Slo {
  const { name, description, objective, alerting } = slo
  const sli = toSli(slo.sli)
  const wordsOf = (kind: 'page_alert' | 'ticket_alert'): AlertWords | null =>
    alerting[kind].disable
      ? null
      : {
          labels: { ...alerting.labels, ...alerting[kind].labels },
          annotations: { ...alerting.annotations, ...alerting[kind].annotations },
        }
  return {
    ...{ id: `${service}-${name}`, service, name, file, line, description, objective, budget: budgetOf(objective) },
    ...{ labels: { ...labels, ...slo.labels }, sli },
    alerting: { name: alerting.name, page: wordsOf('page_alert'), ticket: wordsOf('ticket_alert') },
    specHash: hashOf([service, name, objective, sli]),
  }
}

function toSli({ events, raw, plugin }: SlothSlo['sli']): Sli {
  if (events) return { kind: 'events', errorQuery: events.error_query, totalQuery: events.total_query }
  if (raw) return { kind: 'raw', errorRatioQuery: raw.error_ratio_query }
  if (plugin) return { kind: 'plugin', id: plugin.id, options: plugin.options }
  throw new Error('an SLI of no kind was let through')
}

const hashOf = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
