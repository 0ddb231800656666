import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where package managers put servers that are not on everybody's PATH. */
const places = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', '/opt/homebrew/sbin', '/usr/local/bin']

/** The path of a program, or `null` where it is not installed. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...places]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}
