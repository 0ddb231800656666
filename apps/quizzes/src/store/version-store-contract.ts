import { expect, test } from 'bun:test'
import type { Envelope } from '@hourglass/events/contracts'
import { digestLike, questionOf, versionOf } from './contract-examples'
import type { QuizStore } from './quiz-store'

const newId = () => Bun.randomUUIDv7()
const digestIn = ({ data }: Envelope) => (data as { digest: string }).digest

/** What every QuizStore promises of versions and their events, in tests of the suite that calls it. */
export function versionStoreContract(storeOf: () => QuizStore): void {
  const publishAll = () => storeOf().events.relay(10_000, async () => true)

  test('a version that lost the race for its number is stored under the next, with its paper and key', async () => {
    const store = storeOf()
    const quizId = newId()
    const [faster, slower] = [versionOf(quizId, 1), versionOf(quizId, 1)]
    await store.insertVersion(faster)
    expect(await store.insertVersion(slower)).toBe(false)
    expect(await store.getVersion(slower.version.digest)).toBeNull()
    const version = { ...slower.version, digest: digestLike(), number: 2 }
    const again = { ...slower, version, event: { ...slower.event, digest: version.digest, number: 2 } }
    expect(await store.insertVersion(again)).toBe(true)
    expect(await store.getPaper(version.paperDigest)).toEqual(slower.paper)
    expect(await store.getKey(version.keyDigest)).toEqual(slower.key)
  })

  test('of many that insert one version at once exactly one succeeds, and its event goes out once', async () => {
    const store = storeOf()
    const stored = versionOf(newId(), 1)
    const tries = await Promise.all(Array.from({ length: 10 }, () => store.insertVersion(stored)))
    expect(tries.filter(Boolean)).toHaveLength(1)
    const heard: string[] = []
    await store.events.relay(10_000, async (envelope) => heard.push(digestIn(envelope)) > 0)
    expect(heard.filter((digest) => digest === stored.version.digest)).toHaveLength(1)
  })

  test('a paper comes back as it was stored, with members that this program does not know', async () => {
    const stored = versionOf(newId(), 1)
    // As a newer replica would write it.
    const paper = { ...stored.paper, notYetKnown: { 'a.b': 1 } }
    await storeOf().insertVersion({ ...stored, paper })
    expect(await storeOf().getPaper(stored.version.paperDigest)).toEqual(paper)
  })

  test('a version of five megabytes is stored whole', async () => {
    const stored = versionOf(newId(), 1)
    const stem = { format: 'plain' as const, text: 'Which of these is it? '.repeat(20) }
    const questions = Array.from({ length: 10_000 }, () => questionOf({}, { stem }).question)
    const version = { ...stored.version, content: { ...stored.version.content, questions } }
    expect(JSON.stringify(version).length).toBeGreaterThan(5_000_000)
    expect(await storeOf().insertVersion({ ...stored, version })).toBe(true)
    expect(await storeOf().getVersion(version.digest)).toEqual(version)
  }, 60_000)

  test('what one replica has in hand is not given to another, nor its neighbours kept from it', async () => {
    const store = storeOf()
    await publishAll()
    await store.insertVersion(versionOf(newId(), 1))
    const { promise: isHeld, resolve: release } = Promise.withResolvers<boolean>()
    const { promise: isInHand, resolve: takeInHand } = Promise.withResolvers<void>()
    const first = store.events.relay(10, () => {
      takeInHand()
      return isHeld
    })
    await isInHand
    const neighbour = versionOf(newId(), 1)
    await store.insertVersion(neighbour)
    const heard: string[] = []
    expect(await store.events.relay(10, async (envelope) => heard.push(digestIn(envelope)) > 0)).toBe(1)
    expect(heard).toEqual([neighbour.version.digest])
    release(true)
    expect(await first).toBe(1)
    expect(await publishAll()).toBe(0)
  })

  test('a refused event comes once in a call and again in the next, and the limit holds', async () => {
    const store = storeOf()
    await publishAll()
    for (let count = 0; count < 3; count++) await store.insertVersion(versionOf(newId(), 1))
    const heard: string[] = []
    const refuse = async ({ id }: Envelope) => heard.push(id) < 0
    expect(await store.events.relay(2, refuse)).toBe(0)
    expect(new Set(heard).size).toBe(2)
    expect(heard).toHaveLength(2)
    expect(await store.events.relay(10, refuse)).toBe(0)
    expect(heard).toHaveLength(5)
    expect(await publishAll()).toBe(3)
  })

  test('a publication that fails keeps its event for the next call', async () => {
    const store = storeOf()
    await publishAll()
    await store.insertVersion(versionOf(newId(), 1))
    const failing = store.events.relay(10, () => Promise.reject(new Error('no broker')))
    await expect(failing).rejects.toThrow('no broker')
    expect(await publishAll()).toBe(1)
  })
}
