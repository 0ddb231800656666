import type { Question, RichText } from '@hourglass/questions/question'
import { createSecret, type Secret } from './secrets'

/**
 * When a secret may first be seen by the student whose attempt it is: with the review after release, or never.
 * `unseen` secrets belong to answers that the student did not give or to fields that are for teachers only.
 */
export type CanarySecret = Secret & { shows: 'after release' | 'never' }

export type CanaryQuiz = { questions: Question[]; secrets: CanarySecret[]; responseTo: Record<string, object> }

/** A question of every type; each field that a student must not see before release holds a text that stands nowhere else. */
export function createCanaryQuiz(): CanaryQuiz {
  const secrets: CanarySecret[] = []
  const keep = (name: string, shows: CanarySecret['shows']): string => {
    const secret = { ...createSecret(name), shows }
    secrets.push(secret)
    return secret.token
  }
  const text = (words: string): RichText => ({ format: 'plain', text: words })
  const shown = (name: string) => text(keep(name, 'after release'))
  const hidden = (name: string) => text(keep(name, 'never'))
  const number = (name: string): string => {
    const token = `${100_000 + Math.floor(Math.random() * 900_000)}.${100_000 + Math.floor(Math.random() * 900_000)}`
    secrets.push({ name, token, shows: 'after release' })
    return token
  }
  const common = (type: string) => ({
    id: 'q',
    title: keep(`${type}: title`, 'never'),
    stem: text(`What does the ${type} question ask?`),
    maxMarks: '1',
    explanation: shown(`${type}: explanation`),
    tags: [keep(`${type}: tag`, 'never')],
  })
  const choices = (type: string) => [
    { id: 'a', text: text('first'), weight: '100', feedback: shown(`${type}: feedback of the given choice`) },
    { id: 'b', text: text('second'), weight: '0', feedback: hidden(`${type}: feedback of another choice`) },
  ]
  const accepted = (type: string) => [
    {
      pattern: keep(`${type}: right text`, 'after release'),
      weight: '100',
      feedback: hidden(`${type}: feedback of the right text`),
    },
    { pattern: '*', weight: '0', feedback: shown(`${type}: feedback of the given text`) },
  ]
  const range = (type: string) => [
    {
      match: { kind: 'absolute' as const, value: number(`${type}: right value`), tolerance: '0.25' },
      weight: '100',
      feedback: hidden(`${type}: feedback of the right value`),
    },
  ]
  const questions: Question[] = [
    { type: 'single-choice', ...common('single-choice'), choices: choices('single-choice'), shuffle: false },
    { type: 'multiple-choice', ...common('multiple-choice'), choices: choices('multiple-choice'), shuffle: true },
    {
      type: 'true-false',
      ...common('true-false'),
      answer: false,
      feedbackTrue: shown('true-false: feedback of the given side'),
      feedbackFalse: hidden('true-false: feedback of the other side'),
    },
    { type: 'short-answer', ...common('short-answer'), accepted: accepted('short-answer'), caseSensitive: false },
    { type: 'numeric', ...common('numeric'), accepted: range('numeric'), units: [], unitRule: 'none' },
    {
      type: 'matching',
      ...common('matching'),
      pairs: [
        { prompt: text('one'), match: 'eins' },
        { prompt: text('two'), match: 'zwei' },
      ],
      distractors: ['drei'],
      shuffle: true,
    },
    { type: 'ordering', ...common('ordering'), items: [text('early'), text('late')], credit: 'exact' },
    {
      type: 'gap-fill',
      ...common('gap-fill'),
      stem: text('Fill [[g1]] and [[g2]].'),
      gaps: [
        { kind: 'short', id: 'g1', share: '1', accepted: accepted('gap-fill'), caseSensitive: false },
        { kind: 'numeric', id: 'g2', share: '1', accepted: range('gap-fill'), units: [], unitRule: 'none' },
      ],
    },
    { type: 'essay', ...common('essay'), template: '', maxWords: null, markingNotes: hidden('essay: marking notes') },
    { type: 'description', ...common('description') },
  ]
  return { questions, secrets, responseTo: responses }
}

/** What the student answers to each type. */
const responses: Record<string, object> = {
  'single-choice': { type: 'single-choice', choice: 'a' },
  'multiple-choice': { type: 'multiple-choice', choices: ['a'] },
  'true-false': { type: 'true-false', value: true },
  'short-answer': { type: 'short-answer', text: 'a guess' },
  numeric: { type: 'numeric', text: '7', unit: null },
  matching: { type: 'matching', pairs: { p1: 'o1' } },
  ordering: { type: 'ordering', order: ['i1', 'i2'] },
  'gap-fill': { type: 'gap-fill', gaps: { g1: 'a guess', g2: '7' } },
  essay: { type: 'essay', text: 'An essay.' },
}
