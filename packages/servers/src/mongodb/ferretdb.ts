import { buildGoTool } from '../install/go-tool'

/** The path of FerretDB's program; builds it the first time. */
export const findFerretdb = (): Promise<string> => buildGoTool({ name: 'ferretdb', folder: 'ferretdb' })
