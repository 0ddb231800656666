import { expect, test } from 'bun:test'
import type { Question } from '@hourglass/questions/question'
import { exportGift, exportMoodleXml } from '../export'
import { parseMoodleXml } from './parse'

const quiz = (type: string, inner: string, stem = '<p>Stem</p>') =>
  `<quiz><question type="${type}"><name><text>Title</text></name>
  <questiontext format="html"><text><![CDATA[${stem}]]></text></questiontext>${inner}</question></quiz>`
const first = (text: string) => parseMoodleXml(text).questions[0]

test('numerical: the unit factors of Moodle lead the other way, and units that cost marks are required', () => {
  const result = first(
    quiz(
      'numerical',
      `<answer fraction="100"><text>5500</text><tolerance>50</tolerance><feedback><text>ok</text></feedback></answer>
      <answer fraction="0"><text>*</text></answer>
      <units><unit><multiplier>1</multiplier><unit_name>W</unit_name></unit>
      <unit><multiplier>0.001</multiplier><unit_name>kW</unit_name></unit></units>
      <unitgradingtype>1</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>0</showunits>`,
    ),
  )
  expect(result?.question).toMatchObject({
    type: 'numeric',
    units: [
      { name: 'W', multiplier: '1' },
      { name: 'kW', multiplier: '1000' },
    ],
    unitRule: 'required',
    accepted: [
      { match: { kind: 'absolute', value: '5500', tolerance: '50' } },
      { match: { kind: 'any' }, weight: '0' },
    ],
  })
  expect(result?.losses).toEqual(['A wrong unit costs all marks here; there it cost the part 0.1.'])
})

test('cloze: each embedded answer becomes a gap, with its weight, feedback and escapes', () => {
  const stem =
    '<p>{1:MULTICHOICE:=Rome#Yes \\} done~%50%Roma~Oslo} and {2:SHORTANSWER_C:=a &amp; b~*#no}, {:NM:=3.14:0.01~%50%3:0.2} {3:MCVS:=x~y}</p>'
  const result = first(quiz('cloze', '', stem))
  expect(result?.question).toMatchObject({
    type: 'gap-fill',
    maxMarks: '7',
    stem: { format: 'html', text: '<p>[[g1]] and [[g2]], [[g3]] [[g4]]</p>' },
    gaps: [
      {
        kind: 'choice',
        choices: [
          { weight: '100', feedback: { text: 'Yes } done' } },
          { weight: '50' },
          { weight: '0', text: { text: 'Oslo' } },
        ],
      },
      {
        kind: 'short',
        share: '2',
        caseSensitive: true,
        accepted: [{ pattern: 'a & b' }, { pattern: '*', weight: '0' }],
      },
      { kind: 'numeric', share: '1', accepted: [{ match: { value: '3.14', tolerance: '0.01' } }, { weight: '50' }] },
      { kind: 'choice', share: '3', shuffle: true },
    ],
  })
  expect(result?.losses).toEqual(['The choices of a gap are shown as a menu, not as a list of buttons.'])
  expect(first(quiz('cloze', '', '{1:MULTIRESPONSE:=a~=b}'))?.reason).toContain('MULTIRESPONSE')
  expect(first(quiz('cloze', '', '{1:SA:=a'))?.reason).toContain('not closed')
})

test('ordering, essay and matching keep what Hourglass has and name the rest', () => {
  const item = (text: string) => `<answer fraction="1" format="html"><text>${text}</text></answer>`
  const ordering = `${item('one')}${item('two')}<gradingtype>LONGEST_ORDERED_SUBSET</gradingtype><selecttype>RANDOM</selecttype>`
  expect(first(quiz('ordering', ordering))).toMatchObject({
    question: { type: 'ordering', credit: 'pairs', items: [{ text: 'one' }, { text: 'two' }] },
    losses: [expect.stringContaining('LONGEST_ORDERED_SUBSET'), 'All items are shown; there only some of them were.'],
  })
  const essay =
    '<maxwordlimit>300</maxwordlimit><minwordlimit>10</minwordlimit><attachments>2</attachments><graderinfo format="html"><text>Look for x</text></graderinfo>'
  expect(first(quiz('essay', essay))).toMatchObject({
    question: { maxWords: 300, markingNotes: { text: 'Look for x' } },
    losses: [expect.stringContaining('lower limit'), expect.stringContaining('no files')],
  })
  const pair = (prompt: string, match: string) =>
    `<subquestion format="html"><text>${prompt}</text><answer><text>${match}</text></answer></subquestion>`
  expect(first(quiz('matching', `${pair('Italy', 'Rome')}${pair('', 'Lima')}`))?.question).toMatchObject({
    pairs: [{ prompt: { text: 'Italy' }, match: 'Rome' }],
    distractors: ['Lima'],
  })
})

test('hints, penalties, id numbers, combined feedback and unsupported types are named', () => {
  const inner =
    '<answer fraction="100"><text>a</text></answer><hint format="html"><text>h</text></hint><penalty>0.5</penalty><idnumber>X1</idnumber><correctfeedback><text>Bravo</text></correctfeedback>'
  expect(first(quiz('shortanswer', inner))?.losses).toHaveLength(4)
  expect(
    first(quiz('shortanswer', '<answer fraction="100"><text>a</text></answer><penalty>0.3333333</penalty>'))?.losses,
  ).toEqual([])
  expect(first(quiz('ddmarker', ''))).toMatchObject({
    status: 'refused',
    title: 'Title',
    reason: expect.stringContaining('ddmarker'),
  })
})

test('a category and tags become tags, and the line is that of the question', () => {
  const text = `<quiz>\n<question type="category"><category><text>$course$/top/Unit/One</text></category></question>\n\n${quiz('essay', '<tags><tag><text>easy</text></tag></tags>').slice(6)}`
  expect(first(text)).toMatchObject({ line: 4, question: { tags: ['Unit/One', 'easy'] } })
})

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4])

test('a picture comes in with its digest, goes out and comes back; what is no picture is named', () => {
  const data = Buffer.from(png).toString('base64')
  const text = `<quiz><question type="essay"><name><text>P</text></name><questiontext format="html">
    <text><![CDATA[<p><img src="@@PLUGINFILE@@/a%20b.png"><img src="@@PLUGINFILE@@/none.png"></p>]]></text>
    <file name="a b.png" path="/" encoding="base64">${data}</file>
    <file name="x.svg" path="/" encoding="base64">${Buffer.from('<svg/>').toString('base64')}</file></questiontext></question></quiz>`
  const { questions, images } = parseMoodleXml(text)
  const digest = new Bun.CryptoHasher('sha256').update(png).digest('hex')
  expect(images).toEqual([{ digest, name: 'a b.png', mediaType: 'image/png', bytes: png }])
  expect(questions[0]?.question?.stem.text).toContain(`<img src="image:${digest}">`)
  expect(questions[0]?.losses).toEqual([
    'The file “x.svg” is not a PNG, JPEG, GIF or WebP picture and is left out.',
    'The file “none.png” is not in the import.',
  ])
  const stored: Question[] = questions.flatMap(({ question }) => question ?? [])
  const written = exportMoodleXml(stored, new Map(images.map((image) => [image.digest, image])))
  expect(written.losses).toEqual([])
  const again = parseMoodleXml(written.text)
  expect(again.images[0]?.bytes).toEqual(png)
  expect(again.questions[0]?.question?.stem).toEqual(stored[0]?.stem)
  expect(exportMoodleXml(stored).losses[0]?.losses).toEqual(['A picture of the question is missing from the file.'])
})

test('a picture pasted into a text is kept, one from elsewhere is named', () => {
  const pasted = `<img src="data:image/png;base64,${Buffer.from(png).toString('base64')}">`
  const { questions, images } = parseMoodleXml(quiz('essay', '', `<p>${pasted}</p>`))
  expect(questions[0]).toMatchObject({
    losses: [],
    question: { stem: { text: `<p><img src="image:${images[0]?.digest}"></p>` } },
  })
  const foreign = first(quiz('essay', '', '<p><img alt="x" src="https://example.org/x.png"></p>'))
  expect(foreign?.losses).toEqual(['Pictures from other sites are not shown.'])
})

test('what a format cannot carry is named by question', () => {
  const [gapFill] = parseMoodleXml(quiz('cloze', '', '{1:SA:=a}')).questions
  const ranged = first(quiz('numerical', '<answer fraction="100"><text>1</text></answer>'))
  if (gapFill?.question?.type !== 'gap-fill' || ranged?.question?.type !== 'numeric') throw new Error('not imported')
  expect(exportGift([gapFill.question])).toEqual({
    text: '',
    losses: [
      {
        questionId: gapFill.question.id,
        title: 'Title',
        losses: ['The question is left out: GIFT has no questions of the type gap-fill.'],
      },
    ],
  })
  const [accepted] = ranged.question.accepted
  if (!accepted) throw new Error('no number')
  const question: Question = {
    ...ranged.question,
    maxMarks: '3',
    accepted: [{ ...accepted, match: { kind: 'range', min: '1', max: '2' } }],
  }
  expect(exportMoodleXml([question]).losses[0]?.losses).toEqual([
    'A range of numbers is written as its middle and a tolerance.',
  ])
  expect(exportMoodleXml([question]).text).toContain('<text>1.5</text>')
  expect(exportMoodleXml([question]).text).toContain('<tolerance>0.5</tolerance>')
  expect(exportGift([question]).losses[0]?.losses).toEqual(['GIFT carries no marks: 3 becomes 1.'])
})
