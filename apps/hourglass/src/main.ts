import { readOptions } from './options'
import { Problem } from './problem'

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options.command === 'dev') await (await import('./dev/supervise')).supervise(options)
  else if (options.command === 'stack') await (await import('./stack/stack')).runStack(options)
  else await (await import('./start')).start(options)
} catch (error) {
  if (!(error instanceof Problem)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
