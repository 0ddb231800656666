import { emptyText, type Question } from '@hourglass/questions/question'
import { Collector, type Parsed, Refusal } from './report'
import { cutTitle, titleFrom } from './texts'

type Draft = { line: number; stem: string[]; options: { letter: string; text: string }[] }

/** Reads Aiken: a text, lettered options (`A.` or `A)`) and `ANSWER: B`. What lacks one of them is refused by itself. */
export function parseAiken(text: string): Parsed {
  const collector = new Collector()
  let draft: Draft = emptyDraft()

  const close = (answer: string | null) => {
    const done = draft
    draft = emptyDraft()
    if (done.line === 0) return
    collector.add(done.line, titleFrom(done.stem.join(' ')), (losses) => readQuestion(done, answer, losses))
  }

  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const option = /^([A-Z])[.)][ \t]+(.*)$/.exec(trimmed)
    const answer = /^ANSWER:\s*(.*)$/.exec(trimmed)
    // A new text after options: the question before it was never given its answer.
    if (!answer && !option && draft.options.length > 0) close(null)
    if (draft.line === 0) draft.line = index + 1
    if (answer) close(answer[1] ?? '')
    else if (option && draft.stem.length > 0) draft.options.push({ letter: option[1] ?? '', text: option[2] ?? '' })
    else draft.stem.push(trimmed)
  }
  close(null)
  return { questions: collector.questions, images: [] }
}

const emptyDraft = (): Draft => ({ line: 0, stem: [], options: [] })

function readQuestion({ stem, options }: Draft, answer: string | null, losses: string[]): Question {
  if (stem.length === 0) throw new Refusal('The question has no text.')
  if (answer === null) throw new Refusal('There is no line “ANSWER: …” after the options.')
  if (options.length < 2) throw new Refusal('The question has fewer than two options (“A. …”, “B. …”).')
  if (new Set(options.map(({ letter }) => letter)).size < options.length)
    throw new Refusal('Two options have one letter.')
  const right = options.findIndex(({ letter }) => letter === answer.trim())
  if (right < 0) throw new Refusal(`“ANSWER: ${answer.slice(0, 20)}” names none of the options.`)
  const text = stem.join('\n')
  return {
    type: 'single-choice',
    id: Bun.randomUUIDv7(),
    title: cutTitle(titleFrom(text), losses),
    stem: { format: 'plain', text },
    maxMarks: '1',
    explanation: emptyText,
    tags: [],
    choices: options.map((option, index) => ({
      id: `c${index + 1}`,
      text: { format: 'plain', text: option.text },
      weight: index === right ? '100' : '0',
      feedback: emptyText,
    })),
    shuffle: true,
  }
}
