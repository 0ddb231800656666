import { stopOnSignal } from '@hourglass/kit/lifecycle'
import { Problem } from '../problem'
import { type ServeOptions, serve } from '../serve'

/** What the child says to its supervisor. */
export type ChildWord = { kind: 'ready' } | { kind: 'problem'; message: string }

const say = (word: ChildWord) => process.send?.(word)

try {
  // Written by the supervisor, of the same build.
  const options = JSON.parse(process.env.HOURGLASS_SERVE ?? '') as ServeOptions
  const running = await serve(options)
  stopOnSignal(running.stop)
  // A supervisor that was killed cannot tell: its end of the channel just breaks.
  process.on('disconnect', async () => {
    await running.stop()
    process.exit(0)
  })
  say({ kind: 'ready' })
} catch (error) {
  if (!(error instanceof Problem)) throw error
  say({ kind: 'problem', message: error.message })
  process.exit(1)
}
