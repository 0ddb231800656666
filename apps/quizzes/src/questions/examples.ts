const plain = (text: string) => ({ format: 'plain', text })

const question = {
  type: 'single-choice',
  id: 'new',
  title: 'One half and one quarter',
  stem: { format: 'markdown', text: 'What is \\(\\frac12 + \\frac14\\)?' },
  maxMarks: '1',
  explanation: plain('Two quarters and one quarter are three quarters.'),
  tags: ['fractions'],
  choices: [
    { id: 'a', text: plain('3/4'), weight: '100', feedback: plain('') },
    { id: 'b', text: plain('2/6'), weight: '0', feedback: plain('Bring both to the same denominator first.') },
  ],
  shuffle: true,
}

export const newQuestionExample = { question }
export const questionChangeExample = { revision: 1, question }
