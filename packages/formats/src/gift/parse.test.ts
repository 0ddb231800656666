import { expect, test } from 'bun:test'
import { parseGift } from './parse'

const first = (text: string) => parseGift(text).questions[0]

test('numbers are read as people write them', () => {
  const numbers = [
    ['1.5e3', '1500'],
    ['.5', '0.5'],
    ['-2', '-2'],
    ['3,14', '3.14'],
    ['1e-3', '0.001'],
  ]
  for (const [written, value] of numbers) {
    expect(first(`How much? {#${written}}`)?.question).toMatchObject({
      accepted: [{ match: { value, tolerance: '0' } }],
    })
  }
  expect(first('How much? {#1,000}')?.reason).toContain('1,000')
  expect(first('How much? {#=5:.1#Yes ~#No}')?.question).toMatchObject({
    accepted: [{ weight: '100' }, { match: { kind: 'any' }, weight: '0', feedback: { text: 'No' } }],
  })
})

test('a time and an address in a text need no escapes', () => {
  expect(first('At 12:30, see https://example.org/a?b=c#d {T}')?.question).toMatchObject({
    type: 'true-false',
    stem: { text: 'At 12:30, see https://example.org/a?b=c#d' },
  })
})

test('a category becomes the tag of the questions after it', () => {
  const { questions } = parseGift(
    '$CATEGORY: $course$/top/Unit 1\\: Algebra\n\nA?{}\n\n$CATEGORY: $course$/top\n\nB?{}',
  )
  expect(questions.map(({ question }) => question?.tags)).toEqual([['Unit 1: Algebra'], []])
})

test('a question that cannot be read is refused with its line and reason, its neighbours are not', () => {
  const cases: [string, RegExp][] = [
    ['Unclosed? {=a\n~b', /no } ends them/],
    ['Stray } brace', /without its \{/],
    ['\\(\\frac{1}{2}\\) is? {=a ~b}', /more than one \{ \} block/],
    ['Mixed? {=a -> b =c}', /Some answers/],
    ['Number? {#abc}', /“abc” is not a number/],
    ['Weight? {~%500%a ~b}', /not a weight/],
    ['Empty? {=}', /empty/],
  ]
  for (const [bad, reason] of cases) {
    const { questions } = parseGift(`Before?{T}\n\n${bad}\n\n::After::What?{=x\n\n~y}\n`)
    expect(questions.map(({ status }) => status)).toEqual(['imported', 'refused', 'imported'])
    expect(questions[1]?.reason).toMatch(reason)
    expect(questions[1]?.line).toBe(3)
    expect(questions[2]?.question).toMatchObject({ type: 'single-choice', title: 'After' })
  }
})

test('weights, missing words and matching with a distractor', () => {
  expect(first('Two {~%50%a ~%50%b ~%-100%c} words.')?.question).toMatchObject({
    type: 'multiple-choice',
    stem: { text: 'Two _____ words.' },
    choices: [{ weight: '50' }, { weight: '50' }, { weight: '-100' }],
  })
  expect(first('Match {=a -> 1 =b -> 2 = -> 3}')?.question).toMatchObject({
    pairs: [{ match: '1' }, { match: '2' }],
    distractors: ['3'],
  })
})
