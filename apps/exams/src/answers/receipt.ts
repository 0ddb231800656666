import { timingSafeEqual } from 'node:crypto'

/** What a receipt vouches for: that this answer was stored, with this sequence number, at this moment of the server. */
export type ReceiptFacts = {
  attemptId: string
  questionId: string
  seq: number
  /** SHA-256 of the answer's canonical JSON, lower-case hex. */
  answerHash: string
  storedAt: string
}

/** HMAC-SHA256 over the canonical JSON of the facts, base64url. */
export function signReceipt(key: string, { attemptId, questionId, seq, answerHash, storedAt }: ReceiptFacts): string {
  // Canonical as it is written: sorted names, and of the values only the question's id could need an escape.
  const facts = `{"answerHash":"${answerHash}","attemptId":"${attemptId}","questionId":${JSON.stringify(questionId)},"seq":${seq},"storedAt":"${storedAt}"}`
  return new Bun.CryptoHasher('sha256', key).update(facts).digest('base64url')
}

/** Whether this server once gave this receipt for these facts. */
export function verifyReceipt(key: string, facts: ReceiptFacts, receipt: string): boolean {
  const expected = Buffer.from(signReceipt(key, facts))
  const given = Buffer.from(receipt)
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** Lower-case hex; of canonical JSON the digest of `@hourglass/questions/canonical`, without its promise. */
export const sha256Of = (text: string): string => Bun.CryptoHasher.hash('sha256', text, 'hex')
