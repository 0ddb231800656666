import type { Sql } from 'postgres'
import { createJudgedStore } from './judged'
import type { SaveOutcome, StoreAnswers } from './outcome'
import { createPlainStore } from './plain'

/** The plain saves of a batch in one statement, then whatever is left of it, judged, in a transaction. */
export function createBatchStore(sql: Sql, networkGraceMs: number): StoreAnswers {
  const [storePlain, storeJudged] = [createPlainStore(sql), createJudgedStore(sql, networkGraceMs)]
  return async (saves) => {
    const plain = await storePlain(saves)
    const left = saves.filter((_, index) => plain[index] === null)
    if (left.length === 0) return plain.filter((outcome) => outcome !== null)
    const judged = (await storeJudged(left)).values()
    return plain.map((outcome): SaveOutcome => outcome ?? judged.next().value ?? { kind: 'missing' })
  }
}
