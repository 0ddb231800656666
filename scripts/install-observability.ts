/**
 * Installs and builds everything that `bun run stack --observability` and its tests start, each at its pinned version: into the
 * cache what is built from source, from Debian's packages the rest. The first time takes some ten minutes of two cores.
 */
import { checkers, installPrograms, observers } from '../packages/servers/src/install/observability'

const startedAt = performance.now()
for (const [name, path] of await installPrograms({ ...observers, ...checkers }))
  console.log(`${name.padEnd(18)} ${path}`)
console.log(`Ready in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`)
