import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { emptyText } from '@hourglass/questions/question'
import { at, author, digestLike, questionOf, quizOf, sectionOf, versionOf } from './contract-examples'
import type { QuizStore } from './quiz-store'
import { versionStoreContract } from './version-store-contract'

export type StoreUnderTest = { store: QuizStore; close: () => Promise<void> }

const firstPage = { after: null, limit: 50 }

/** What every QuizStore promises. */
export function quizStoreContract(name: string, createStore: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a quiz store`, () => {
    let under: StoreUnderTest
    let store: QuizStore
    beforeAll(async () => {
      under = await createStore()
      store = under.store
    })
    afterAll(() => under.close())
    versionStoreContract(() => store)

    test('a quiz comes back as it was stored, and a taken id leaves what was there', async () => {
      const quiz = quizOf({ title: 'Déjà vu 🕰' })
      expect(await store.insertQuiz(quiz)).toBe(true)
      expect(await store.insertQuiz({ ...quiz, title: 'Other' })).toBe(false)
      expect(await store.getQuiz(quiz.id)).toEqual(quiz)
      expect(await store.getQuiz(Bun.randomUUIDv7())).toBeNull()
    })

    test('of many that replace one revision at once exactly one succeeds', async () => {
      const quiz = quizOf()
      await store.insertQuiz(quiz)
      const tries = Array.from({ length: 25 }, (_, index) =>
        store.replaceQuiz({ ...quiz, revision: 2, title: `Try ${index}` }, 1),
      )
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
      expect(await store.replaceQuiz({ ...quiz, revision: 2 }, 1)).toBe(false)
      expect((await store.getQuiz(quiz.id))?.revision).toBe(2)
    })

    test('a delete needs the revision too', async () => {
      const quiz = quizOf({ revision: 3 })
      await store.insertQuiz(quiz)
      expect(await store.deleteQuiz(quiz.id, 2)).toBe(false)
      expect(await store.deleteQuiz(quiz.id, 3)).toBe(true)
      expect(await store.getQuiz(quiz.id)).toBeNull()
    })

    test('a list holds what the person owns or edits, the last changed first, page by page', async () => {
      const [ownerId, editorId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
      const quizzes = [0, 1, 1, 2].map((second) => quizOf({ ownerId, editorIds: [editorId], updatedAt: at(second) }))
      for (const quiz of quizzes) await store.insertQuiz(quiz)
      const filter = { visibleTo: ownerId, words: [] }
      const all = await store.listQuizzes(filter, firstPage)
      expect(all.map(({ updatedAt }) => updatedAt)).toEqual([at(2), at(1), at(1), at(0)])
      const [, second] = all
      if (!second) throw new Error('no second quiz')
      expect(await store.listQuizzes(filter, { after: second, limit: 2 })).toEqual(all.slice(2))
      expect(await store.listQuizzes({ visibleTo: editorId, words: [] }, firstPage)).toHaveLength(4)
      expect(await store.listQuizzes({ visibleTo: Bun.randomUUIDv7(), words: [] }, firstPage)).toEqual([])
    })

    test('a search takes each word literally, without case and accents', async () => {
      const ownerId = Bun.randomUUIDv7()
      await store.insertQuestions([
        questionOf({ ownerId }, { title: 'École 100%', tags: ['géo'] }),
        questionOf({ ownerId }, { title: 'Other', stem: { format: 'html', text: '<p>snow_ball</p>' } }),
      ])
      const titles = async (...words: string[]) => {
        const filter = { ownerId, words, tag: null, type: null }
        return (await store.listQuestions(filter, firstPage)).map(({ question }) => question.title)
      }
      expect(await titles('ecole')).toEqual(['École 100%'])
      expect(await titles('geo', '100%')).toEqual(['École 100%'])
      expect(await titles('snow_ball')).toEqual(['Other'])
      expect(await titles('w_b')).toEqual(['Other'])
      expect(await titles('%', 'o_')).toEqual([])
      expect(await titles('<p>')).toEqual([])
    })

    test('a search means what is written where a pattern would mean something else', async () => {
      const ownerId = Bun.randomUUIDv7()
      const odd = ['a.b', 'c++', '(x)', '[0-9]', '^start', 'end$', '\\d', '2|3', '{1,2}', 'why?', 'q/r-s', '*']
      const titled = odd.map((title) => questionOf({ ownerId }, { title, stem: emptyText }))
      await store.insertQuestions([...titled, questionOf({ ownerId }, { title: 'axb 5 cc 2 xx', stem: emptyText })])
      for (const { question } of titled) {
        const filter = { ownerId, words: [question.title], tag: null, type: null }
        const found = await store.listQuestions(filter, firstPage)
        expect(found.map((each) => each.question.title)).toEqual([question.title])
      }
    })

    test('questions are found by tag, type and owner, and tags are counted', async () => {
      const ownerId = Bun.randomUUIDv7()
      const tagged = [['a'], ['a', 'b'], []].map((tags) => questionOf({ ownerId }, { tags }))
      await store.insertQuestions(tagged)
      const filter = { ownerId, words: [], tag: 'a', type: null }
      expect(await store.listQuestions(filter, firstPage)).toHaveLength(2)
      expect(await store.listQuestions({ ...filter, type: 'essay' }, firstPage)).toEqual([])
      expect(await store.listTagged(ownerId, 'a', 10)).toEqual(
        tagged.slice(0, 2).sort((a, b) => (a.id < b.id ? -1 : 1)),
      )
      expect(await store.listTagged(ownerId, 'a', 1)).toHaveLength(1)
      expect(await store.listTags(ownerId, 10)).toEqual([
        { tag: 'a', count: 2 },
        { tag: 'b', count: 1 },
      ])
    })

    test('thousands of questions are stored at once, and again changes nothing', async () => {
      const many = Array.from({ length: 1_203 }, (_, index) => questionOf({}, { title: `Number ${index}` }))
      await store.insertQuestions(many)
      await store.insertQuestions(many.map((question) => ({ ...question, revision: 9 })))
      const ids = many.map(({ id }) => id).reverse()
      expect(await store.getQuestions([...ids, Bun.randomUUIDv7()])).toEqual(many.toReversed())
    })

    test('one that is there already keeps none of its neighbours out, and stays as it was', async () => {
      const [known, ...added] = [questionOf(), questionOf(), questionOf()]
      await store.insertQuestions([known])
      await store.insertQuestions([{ ...known, revision: 9 }, ...added])
      expect(await store.getQuestions([known, ...added].map(({ id }) => id))).toEqual([known, ...added])
    })

    test('a question is replaced and deleted at its revision only', async () => {
      const question = questionOf()
      await store.insertQuestions([question])
      expect(await store.replaceQuestion({ ...question, revision: 2 }, 1)).toBe(true)
      expect(await store.replaceQuestion({ ...question, revision: 2 }, 1)).toBe(false)
      expect(await store.deleteQuestion(question.id, 1)).toBe(false)
      expect(await store.deleteQuestion(question.id, 2)).toBe(true)
      expect(await store.getQuestion(question.id)).toBeNull()
    })

    test('the quizzes that hold a question are found, as they are now', async () => {
      const [kept, removed] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
      const quiz = quizOf({ sections: sectionOf(kept, removed) })
      await store.insertQuiz(quiz)
      await store.replaceQuiz({ ...quiz, revision: 2, sections: sectionOf(kept) }, 1)
      expect((await store.listQuizzesHolding(kept)).map(({ id }) => id)).toEqual([quiz.id])
      expect(await store.listQuizzesHolding(removed)).toEqual([])
    })

    test('a quiz of thousands of questions is stored, and found by its last', async () => {
      const ids = Array.from({ length: 3_000 }, () => Bun.randomUUIDv7())
      const quiz = quizOf({ sections: sectionOf(...ids) })
      expect(await store.insertQuiz(quiz)).toBe(true)
      expect(await store.getQuiz(quiz.id)).toEqual(quiz)
      expect((await store.listQuizzesHolding(ids.at(-1) ?? '')).map(({ id }) => id)).toEqual([quiz.id])
    })

    test('a version comes with its paper and key, and a number is given once', async () => {
      const quizId = Bun.randomUUIDv7()
      const first = versionOf(quizId, 1)
      expect(await store.insertVersion(first)).toBe(true)
      expect(await store.insertVersion(first)).toBe(false)
      expect(await store.insertVersion(versionOf(quizId, 1))).toBe(false)
      const second = versionOf(quizId, 2)
      await store.insertVersion(second)
      expect(await store.getVersion(first.version.digest)).toEqual(first.version)
      expect(await store.getPaper(first.version.paperDigest)).toEqual(first.paper)
      expect(await store.getKey(first.version.keyDigest)).toEqual(first.key)
      expect(await store.getKey(digestLike())).toBeNull()
      expect((await store.listVersions(quizId, null, 10)).map(({ number }) => number)).toEqual([2, 1])
      expect((await store.listVersions(quizId, 2, 10)).map(({ number }) => number)).toEqual([1])
      const latest = await store.latestVersions([quizId, Bun.randomUUIDv7()])
      expect([...latest]).toEqual([[quizId, second.version]])
    })

    test('a key keeps its member names, whatever they are', async () => {
      const stored = versionOf(Bun.randomUUIDv7(), 1)
      const pairs = { 'a.b': 'x', $c: 'y', 'ü 🕰': 'z' }
      const question = { type: 'matching' as const, id: 'q.1', maxMarks: '1', explanationHtml: '', pairs }
      const key = { ...stored.key, questions: [question] }
      await store.insertVersion({ ...stored, key })
      expect(await store.getKey(stored.version.keyDigest)).toEqual(key)
    })

    test('the event of a version goes out once, and one that is refused stays and holds up nobody', async () => {
      const [refused, other] = [versionOf(Bun.randomUUIDv7(), 1), versionOf(Bun.randomUUIDv7(), 1)]
      for (const stored of [refused, other]) await store.insertVersion(stored)
      const published: string[] = []
      const relay = (isTaken: (digest: string) => boolean) =>
        store.events.relay(100, async ({ name, data }) => {
          const { digest } = data as { digest: string }
          if (name === 'quiz.published' && isTaken(digest)) published.push(digest)
          return isTaken(digest)
        })
      await Promise.all([1, 2, 3].map(() => relay((digest) => digest !== refused.version.digest)))
      expect(published.filter((digest) => digest === other.version.digest)).toHaveLength(1)
      expect(published).not.toContain(refused.version.digest)
      expect(await relay(() => true)).toBe(1)
      expect(published).toContain(refused.version.digest)
      expect(await relay(() => true)).toBe(0)
    })

    test('events are listed by their time, page by page, and given by their ids', async () => {
      const before = { occurredAt: new Date(Date.now() - 1).toISOString(), id: '00000000-0000-0000-0000-000000000000' }
      const stored = [1, 2, 3].map(() => versionOf(Bun.randomUUIDv7(), 1))
      for (const each of stored) await store.insertVersion(each)
      const ask = (after: typeof before, limit: number, names = ['quiz.published']) =>
        store.events.list({ names, after, until: new Date(Date.now() + 1_000).toISOString(), limit })
      const [first, ...rest] = await ask(before, 3)
      if (!first) throw new Error('no event')
      expect(await ask(first, 2)).toEqual(rest)
      expect(await ask(before, 3, ['exam.changed'])).toEqual([])
      const envelopes = await store.events.get([first, ...rest].map(({ id }) => id))
      const digests = envelopes.map(({ data }) => (data as { digest: string }).digest)
      expect(digests.toSorted()).toEqual(stored.map(({ version }) => version.digest).toSorted())
    })

    test('an image comes back byte by byte', async () => {
      const image = {
        digest: digestLike(),
        type: 'image/png' as const,
        widthPixels: 1,
        heightPixels: 2,
        bytes: new Uint8Array([0, 255, 92, 39, 0]),
        storedBy: author.personId,
      }
      await store.insertImage(image)
      await store.insertImage(image)
      const stored = await store.getImage(image.digest)
      expect(stored && [...stored.bytes]).toEqual([...image.bytes])
      expect(stored).toMatchObject({ type: 'image/png', widthPixels: 1, heightPixels: 2 })
      expect(await store.getImage(digestLike())).toBeNull()
    })
  })
}
