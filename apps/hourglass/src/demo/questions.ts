import type { Question, RichText } from '@hourglass/questions/question'

const markdown = (text: string): RichText => ({ format: 'markdown', text })
const plain = (text: string): RichText => ({ format: 'plain', text })
const none = plain('')
const choice = (id: string, text: string, weight: string, feedback = '') => ({
  ...{ id, weight },
  text: markdown(text),
  feedback: plain(feedback),
})
const accepted = (pattern: string) => ({ pattern, weight: '100', feedback: none })
const about = (id: string, title: string, stem: string, maxMarks: string, explanation = '', tags: string[] = []) => ({
  ...{ id, title, maxMarks, tags: ['pendulum', ...tags] },
  stem: markdown(stem),
  explanation: markdown(explanation),
})

/** One question of every type, with mathematics, code and a picture. @param picture the address of the uploaded one. */
export const createDemoQuestions = (picture: string): Question[] => [
  {
    type: 'single-choice',
    ...about(
      'period',
      'Period of a pendulum',
      'A pendulum of length \\(\\ell\\) swings with a small amplitude. Which is its period?',
      '2',
      'The mass does not come into it: \\(T = 2\\pi\\sqrt{\\ell/g}\\).',
    ),
    choices: [
      choice('a', '$$T = 2\\pi\\sqrt{\\frac{\\ell}{g}}$$', '100'),
      choice('b', '$$T = 2\\pi\\sqrt{\\frac{g}{\\ell}}$$', '0', 'Check the units of the root.'),
      choice('c', '$$T = \\frac{1}{2\\pi}\\sqrt{\\frac{\\ell}{g}}$$', '0', 'This is a frequency turned over.'),
      choice('d', '$$T = 2\\pi\\sqrt{\\frac{m}{g}}$$', '0', 'The mass does not come into it.'),
    ],
    shuffle: true,
  },
  {
    type: 'multiple-choice',
    ...about('changes', 'What changes the period', 'Which of these make the period of a pendulum **longer**?', '2'),
    choices: [
      choice('a', 'A longer thread', '50'),
      choice('b', 'Taking it to the Moon', '50', 'Gravity is weaker there.'),
      choice('c', 'A heavier bob', '-50', 'All masses fall alike.'),
      choice('d', 'Painting it red', '-50'),
    ],
    shuffle: true,
  },
  {
    type: 'true-false',
    ...about('isochronous', 'Isochronous', 'For large amplitudes the period grows with the amplitude.', '1'),
    answer: true,
    feedbackTrue: none,
    feedbackFalse: plain('Only for small amplitudes is the period nearly the same.'),
  },
  {
    type: 'short-answer',
    ...about('who', 'Who timed it', 'Who patented the first pendulum clock, in 1657?', '1', 'Christiaan Huygens.', [
      'history',
    ]),
    accepted: [accepted('*Huygens*'), accepted('*Huyghens*')],
    caseSensitive: false,
  },
  {
    type: 'numeric',
    ...about(
      'seconds',
      'Seconds pendulum',
      'How long is a pendulum with a period of 2 s? Take \\(g = 9.81\\) m/s².',
      '2',
    ),
    accepted: [{ match: { kind: 'absolute', value: '0.994', tolerance: '0.01' }, weight: '100', feedback: none }],
    units: [
      { name: 'm', multiplier: '1' },
      { name: 'cm', multiplier: '0.01' },
    ],
    unitRule: 'required',
  },
  {
    type: 'single-choice',
    ...about(
      'picture',
      'Reading a plot',
      `The swing of a damped pendulum; one mark on the axis is one second.\n\n![Swing over time, getting smaller](${picture})\n\nWhat is its period?`,
      '1',
    ),
    choices: [choice('a', '1 s', '0'), choice('b', '2 s', '100'), choice('c', '4 s', '0')],
    shuffle: false,
  },
  {
    type: 'matching',
    ...about('units', 'Quantities and units', 'Match each quantity to its unit.', '2'),
    pairs: [
      { prompt: plain('Period'), match: 's' },
      { prompt: plain('Frequency'), match: 'Hz' },
      { prompt: plain('Force'), match: 'N' },
    ],
    distractors: ['J'],
    shuffle: true,
  },
  {
    type: 'ordering',
    ...about(
      'clocks',
      'Clocks in order',
      'Put these clocks in the order of their invention, the oldest first.',
      '2',
      '',
      ['history'],
    ),
    items: [plain('Sundial'), plain('Hourglass'), plain('Pendulum clock'), plain('Quartz clock')],
    credit: 'pairs',
  },
  {
    type: 'gap-fill',
    ...about(
      'code',
      'A program for it',
      'Complete the sentence about this program.\n\n```python\nfrom math import pi, sqrt\n\ndef period(length, g=9.81):\n    return 2 * pi * sqrt(length / g)\n```\n\nFor a length of 1 m it answers about [[value]] seconds; four times the length makes the period [[times]], and the function that it borrows is called [[name]].',
      '3',
    ),
    gaps: [
      {
        ...{ kind: 'numeric', id: 'value', share: '1', units: [], unitRule: 'none' },
        accepted: [{ match: { kind: 'absolute', value: '2', tolerance: '0.05' }, weight: '100', feedback: none }],
      },
      {
        ...{ kind: 'choice', id: 'times', share: '1', shuffle: false },
        choices: [
          choice('half', 'half as long', '0'),
          choice('two', 'twice as long', '100'),
          choice('four', 'four times as long', '0'),
        ],
      },
      { kind: 'short', id: 'name', share: '1', accepted: [accepted('sqrt')], caseSensitive: true },
    ],
  },
  {
    type: 'essay',
    ...about('why', 'In your own words', 'Why does a clock on a mountain run slow? Two or three sentences.', '4'),
    template: '',
    maxWords: 120,
    markingNotes: plain(
      '2 marks: gravity is weaker. 2 marks: so the period is longer, and the clock counts fewer swings.',
    ),
  },
]
