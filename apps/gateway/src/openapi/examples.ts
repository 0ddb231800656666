const text = (words: string) => ({ format: 'plain', text: words })

const question = {
  type: 'single-choice',
  id: 'capital',
  title: 'A capital',
  stem: text('What is the capital of France?'),
  maxMarks: '1',
  explanation: text('Paris has been the capital since 987.'),
  tags: ['geography'],
  choices: [
    { id: 'a', text: text('Paris'), weight: '100', feedback: text('Right.') },
    { id: 'b', text: text('Lyon'), weight: '0', feedback: text('Lyon is the third largest city.') },
  ],
  shuffle: true,
}

/**
 * Bodies that run as they are for whoever may use the route, since they name nothing that must exist already; for routes whose
 * schema has none of its own. A test sends every one. Keyed as in the policy table.
 */
export const examples: Readonly<Record<string, unknown>> = {
  'POST /api/quizzes': { title: 'Capitals' },
  'POST /api/questions': { question },
  'POST /api/questions/preview': { question },
  'POST /api/classes': { name: 'Geography, year 9' },
}
