import { defaultSettings } from './model'

const intro = { format: 'markdown', text: 'Answer **every** question.' }
const sections = [
  { id: 's1', title: 'Warm-up', intro: { format: 'plain', text: '' }, shuffleQuestions: true, items: [] },
]

export const newQuizExample = { title: 'Fractions, week 3', intro, sections }
export const quizChangeExample = {
  revision: 1,
  title: 'Fractions, week 4',
  intro,
  sections,
  settings: { ...defaultSettings, limitSeconds: 1_800 },
}
