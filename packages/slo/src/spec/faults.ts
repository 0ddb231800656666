import { type Document, isMap, isPair, type LineCounter } from 'yaml'
import type { z } from 'zod'

/** What is wrong in a file of SLOs, and where: `slo/exams.yaml:12: slos[0].objective: must be above 0`. */
export type Fault = { file: string; line: number; path: string; message: string }

/** Thrown when a file is no valid `prometheus/v1`; has every fault, not only the first. */
export class InvalidSlos extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ file, line, path, message }) => `${file}:${line}: ${path || 'file'}: ${message}`).join('\n'))
  }
}

type Path = readonly PropertyKey[]

/** Where a path of a document stands: the nearest line that there is, since what is missing has none. */
export function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsetOf(document, path.slice(0, length))
    if (offset !== null) return lines.linePos(offset).line
  }
  return 1
}

function offsetOf(document: Document, path: Path): number | null {
  const parent = path.length > 0 ? document.getIn(path.slice(0, -1), true) : null
  // The key's line, not that of the value: a query may begin below it.
  const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === String(path.at(-1))) : undefined
  if (isPair(pair)) return startOf(pair.key)
  return startOf(path.length > 0 ? document.getIn(path, true) : document.contents)
}

const startOf = (node: unknown): number | null =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : null

/** `slos[0].sli.events`. */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text ? `${text}.${String(step)}` : String(step)
  }, '')

/** An unknown key is told at the key itself. */
export function faultsOf(file: string, document: Document, lines: LineCounter, issues: readonly z.core.$ZodIssue[]) {
  return issues.flatMap((issue): Fault[] => {
    const places =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not known to prometheus/v1' }))
        : [{ path: issue.path, message: wordsOf(issue) }]
    return places.map(({ path, message }) => ({
      ...{ file, line: lineOf(document, lines, path), path: pathText(path), message },
    }))
  })
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message
  return issue.code === 'invalid_type' && issue.input === undefined ? 'is required' : issue.message
}
