import { afterEach, describe, expect, test } from 'bun:test'
import { type AttemptWord, listenToAttempt } from './stream'

const word = (event: string, more: object = {}) =>
  `event: ${event}\ndata: ${JSON.stringify({ serverTime: '2026-11-23T12:00:00.000Z', state: 'open', ...more })}\n\n`
/** A stream that gives these pieces and then ends, or stays open. */
const stream = (pieces: readonly string[], isHeld = false) =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        if (!isHeld) controller.close()
      },
    }),
  )
const until = async (isDone: () => boolean) => {
  for (let tries = 0; tries < 200 && !isDone(); tries++) await Bun.sleep(10)
}

let stop = () => {}
afterEach(() => stop())
function listen(answers: (() => Promise<Response>)[]) {
  const heard: AttemptWord['event'][] = []
  const log = { heard, opened: 0, broken: 0 }
  const listener = listenToAttempt(() => answers.shift()?.() ?? Promise.resolve(stream([], true)), {
    onWord: ({ event }) => heard.push(event),
    onOpen: () => log.opened++,
    onBreak: () => log.broken++,
  })
  stop = listener.stop
  return log
}

describe('listening to an attempt', () => {
  test('words arrive whole however the network cuts them, and what it does not know is passed over', async () => {
    const text = `retry: 1000\n\n${word('clock')}: still here\n\n${word('later-version')}${word('paused')}`
    const log = listen([async () => stream([...text], true)])
    await until(() => log.heard.length === 2)
    expect(log.heard).toEqual(['clock', 'paused'])
  })

  test('after a break it comes back by itself and tells of the break', async () => {
    const log = listen([
      async () => stream([word('clock')]),
      async () => new Response('busy', { status: 503 }),
      async () => stream([word('resumed')], true),
    ])
    await until(() => log.heard.length === 2)
    expect(log).toEqual({ heard: ['clock', 'resumed'], opened: 2, broken: 2 })
  })

  test('after the seal there is nothing to come back for', async () => {
    const log = listen([async () => stream([word('sealed', { state: 'sealed' })])])
    await until(() => log.heard.length === 1)
    await Bun.sleep(700)
    expect(log).toEqual({ heard: ['sealed'], opened: 1, broken: 0 })
  })
})
