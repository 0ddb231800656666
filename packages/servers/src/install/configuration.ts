import { resolve } from 'node:path'

/** The path of a server's configuration in the clone: the very file that compose mounts. */
export const configurationOf = (path: string): string => resolve(import.meta.dir, '../../../..', path)
