import type { Question } from '@hourglass/questions/question'
import { titleOf } from '../publishing/quiz-faults'
import { type Description, describeQuestion, describeSettings, say } from './describe'
import { longestRise } from './longest-rise'
import type { Change, QuestionDifference, Standing, Version, VersionDifference, VersionItem } from './model'

type Placed = { question: Question; section: string; place: string; at: Standing }

/** What a reader must know to go from one version to the other. `before` is `null` for a first version. */
export function diffVersions(before: Version | null, after: Version): VersionDifference {
  const old = placesOf(before)
  const now = placesOf(after)
  const quiz = changesBetween(describeQuiz(before), describeQuiz(after))
  const questions = [
    ...[...now].flatMap(([id, placed]) => (old.has(id) ? [] : [difference('added', placed)])),
    ...[...old].flatMap(([id, placed]) => (now.has(id) ? [] : [difference('removed', placed)])),
    ...movedBetween(old, now),
    ...[...now].flatMap(([id, placed]) => {
      const earlier = old.get(id)
      if (!earlier) return []
      const changes = changesBetween(describeQuestion(earlier.question), describeQuestion(placed.question))
      return changes.length > 0 ? [difference('changed', placed, changes)] : []
    }),
  ]
  const summary = [...quiz.map(sayChange), ...questions.flatMap(sayDifference)]
  return { before: before && sideOf(before), after: sideOf(after), quiz, questions, summary }
}

const sideOf = ({ digest, number, publishedAt }: Version) => ({ digest, number, publishedAt })

const difference = (
  kind: QuestionDifference['kind'],
  placed: Placed,
  changes: Change[] = [],
  from: Standing | null = null,
): QuestionDifference => ({
  kind,
  questionId: placed.question.id,
  title: titleOf(placed.question),
  place: placed.place,
  at: placed.at,
  from,
  changes,
})

/** Where each question stands: in a place of its own, else in the first draw that may draw it. */
function placesOf(version: Version | null): Map<string, Placed> {
  const places = new Map<string, Placed>()
  if (!version) return places
  const { questions, sections } = version.content
  const questionOf = new Map(questions.map((question) => [question.id, question]))
  const put = (id: string, section: string, place: string, at: Standing) => {
    const question = questionOf.get(id)
    if (question && !places.has(id)) places.set(id, { question, section, place, at })
  }
  for (const [sectionIndex, { title, items }] of sections.entries()) {
    const section = title.trim() || `Section ${sectionIndex + 1}`
    for (const [index, item] of items.entries()) {
      const at = { section: title.trim(), sectionNumber: sectionIndex + 1, place: null, tag: null }
      if (item.kind === 'fixed') {
        put(item.questionId, section, `${section}, place ${index + 1}`, { ...at, place: index + 1 })
        continue
      }
      const { tag } = item
      for (const id of item.pool) put(id, `${section} (${tag})`, `${section}, drawn from “${tag}”`, { ...at, tag })
    }
  }
  return places
}

/** Questions that changed section, or left the order of those that stayed; a question added above moves nobody. */
function movedBetween(old: ReadonlyMap<string, Placed>, now: ReadonlyMap<string, Placed>): QuestionDifference[] {
  const oldIds = [...old.keys()]
  const oldIndex = new Map(oldIds.map((id, index) => [id, index]))
  const stayed = [...now].filter(([id, { section }]) => old.get(id)?.section === section).map(([id]) => id)
  const inOrder = new Set(longestRise(stayed.map((id) => oldIndex.get(id) ?? 0)))
  const isStill = new Set(stayed.filter((id) => inOrder.has(oldIndex.get(id) ?? 0)))
  return [...now].flatMap(([id, placed]) => {
    const earlier = old.get(id)
    if (!earlier || isStill.has(id)) return []
    return [difference('moved', placed, [{ what: 'place', before: earlier.place, after: placed.place }], earlier.at)]
  })
}

function describeQuiz(version: Version | null): Description {
  if (!version) return new Map()
  const { title, intro, settings, sections } = version.content
  const lines: Description = new Map([['title', title], ...describeSettings(settings)])
  if (say(intro)) lines.set('introduction', say(intro))
  for (const [index, section] of sections.entries()) {
    const name = section.title.trim() || `Section ${index + 1}`
    lines.set(`section ${index + 1}`, name)
    if (say(section.intro)) lines.set(`section ${index + 1}, introduction`, say(section.intro))
    lines.set(`section ${index + 1}, shuffled`, section.shuffleQuestions ? 'yes' : 'no')
    const draws = section.items.flatMap((item) => sayDraw(item))
    if (draws.length > 0) lines.set(`section ${index + 1}, draws`, draws.join('; '))
  }
  return lines
}

function sayDraw(item: VersionItem): string[] {
  if (item.kind === 'fixed') return []
  const marks = item.maxMarks === null ? '' : `, ${item.maxMarks} marks each`
  return [`${item.count} of ${item.pool.length} with “${item.tag}”${marks}`]
}

function changesBetween(before: Description, after: Description): Change[] {
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((what): Change => ({ what, before: before.get(what) ?? null, after: after.get(what) ?? null }))
    .filter((change) => change.before !== change.after)
}

function sayChange({ what, before, after }: Change): string {
  if (before === null) return `${what}: now ${quote(after)}`
  if (after === null) return `${what}: no longer ${quote(before)}`
  return `${what}: ${quote(before)} → ${quote(after)}`
}

function sayDifference({ kind, title, place, changes }: QuestionDifference): string[] {
  if (kind === 'changed') return changes.map((change) => `“${title}” changed, ${sayChange(change)}`)
  if (kind === 'moved') return [`“${title}” moved: ${changes[0]?.before ?? '?'} → ${place}`]
  return [kind === 'added' ? `“${title}” added: ${place}` : `“${title}” removed from ${place}`]
}

const quote = (text: string | null): string => {
  const line = (text ?? '').replace(/\s+/g, ' ')
  return `“${line.length > 120 ? `${line.slice(0, 119).trimEnd()}…` : line}”`
}
