import { resolve } from 'node:path'
import { buildGoTool } from '../install/go-tool'

const source = resolve(import.meta.dir, '../../../../scripts/tools/ferretdb')

/** The path of FerretDB's program; builds it the first time. */
export const findFerretdb = (): string => buildGoTool('ferretdb', source)
