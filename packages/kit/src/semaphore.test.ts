import { expect, test } from 'bun:test'
import { createSemaphore } from './semaphore'

const refusal = (error: { status: number; retryAfterSeconds: number }) => [error.status, error.retryAfterSeconds]

test('200 at once: never more than its size run, a short queue waits, the rest is refused at once with when to come again', async () => {
  const semaphore = createSemaphore({ size: 2, queue: 10, waitMs: 5_000 })
  let most = 0
  const startedAt = performance.now()
  const refusedAfter: number[] = []
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () =>
      semaphore
        .run(async () => {
          most = Math.max(most, semaphore.active())
          await Bun.sleep(20)
          return 'done'
        })
        .catch((error) => {
          refusedAfter.push(performance.now() - startedAt)
          return refusal(error).join(' ')
        }),
    ),
  )
  expect(most).toBe(2)
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(12)
  expect(outcomes.filter((outcome) => outcome === '503 1')).toHaveLength(188)
  expect(Math.max(...refusedAfter)).toBeLessThan(20)
  expect([semaphore.active(), semaphore.waiting()]).toEqual([0, 0])
})

test('who waits too long is refused and leaves the queue; the others keep their order', async () => {
  const semaphore = createSemaphore({ size: 1, queue: 5, waitMs: 30 })
  const first = semaphore.run(() => Bun.sleep(80))
  const late = await semaphore.run(async () => 'late').catch(refusal)
  expect(late).toEqual([503, 1])
  expect(semaphore.waiting()).toBe(0)
  await first
  const order: number[] = []
  await Promise.all([1, 2, 3].map((n) => semaphore.run(async () => void order.push(n))))
  expect(order).toEqual([1, 2, 3])
})

test('work that fails gives its place back', async () => {
  const semaphore = createSemaphore({ size: 1, queue: 0, waitMs: 10 })
  await expect(semaphore.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await semaphore.run(async () => 'next')).toBe('next')
})
