import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dir, '../../../..')
/** The pages reload themselves, by their own development server. */
const isOurs = (path: string) =>
  /\.(ts|sql|json)$/.test(path) &&
  !/(^|[\\/])(node_modules|web|dist|test-results)[\\/]/.test(path) &&
  // Editors and formatters write hidden files beside the real one.
  !/(^|[\\/])\.[^\\/]*$/.test(path) &&
  !path.endsWith('.test.ts')

/** Calls `onChange` once for a burst of changes in the services' code. Answers what ends the watch. */
export function watchCode(onChange: (path: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const watchers: FSWatcher[] = ['apps', 'packages'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, path) => {
      if (path === null || !isOurs(path)) return
      clearTimeout(timer)
      timer = setTimeout(() => onChange(join(folder, path)), 120)
    }),
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
