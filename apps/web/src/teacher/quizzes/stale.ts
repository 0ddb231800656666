import { isApiError } from '../../lib/api'

export type Stale = { name: string; at: string }

/** Who changed a document since this page read it, and when; `null` for any other fault. */
export function staleOf(error: unknown): Stale | null {
  if (!isApiError(error, 'stale-revision')) return null
  const { updatedAt, updatedBy } = error.details
  const name = typeof updatedBy === 'object' && updatedBy !== null && 'name' in updatedBy ? String(updatedBy.name) : ''
  return { name, at: typeof updatedAt === 'string' ? updatedAt : '' }
}

export type Line = { path: readonly string[]; mine: string | null; theirs: string | null }

/** Where two drafts say different things, leaf by leaf; a side without that place is `null`. */
export function linesBetween(mine: unknown, theirs: unknown): Line[] {
  const [left, right] = [leavesOf(mine), leavesOf(theirs)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((path): Line => ({ path: path.split('/'), mine: left.get(path) ?? null, theirs: right.get(path) ?? null }))
    .filter((line) => line.mine !== line.theirs)
}

function leavesOf(value: unknown, path = '', leaves = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) leavesOf(part, path === '' ? name : `${path}/${name}`, leaves)
  } else leaves.set(path, value === null ? '–' : String(value))
  return leaves
}
