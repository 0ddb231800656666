import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { Problem } from '../problem'

/** Reads a YAML file. Throws a Problem that names the file and every fault in it. */
export function readYaml<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  if (!existsSync(file)) throw new Problem(`There is no file ${file}.`)
  const parsed = schema.safeParse(parse(file))
  if (!parsed.success) throw new Problem(`${file} is no good:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function parse(file: string): unknown {
  try {
    return Bun.YAML.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Problem(`${file} is no YAML: ${error instanceof Error ? error.message : error}`)
  }
}
