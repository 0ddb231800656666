import { describe, expect, test } from 'bun:test'
import { english } from './english'
import { mailKinds } from './mailer'
import { renderHtml, renderText, toSubject } from './render'

const facts = {
  ...{ name: 'Ann <b>', title: '<script>alert("1")</script> & co\r\nBcc: all@example.org', subjectId: 'an-attempt' },
  ...{ opensAt: new Date('2030-01-07T08:00:00Z'), closesAt: null, limitSeconds: 5_400 },
}

describe('a mail', () => {
  test.each([...mailKinds])('of any kind holds no markup of a title or a name: %s', (kind) => {
    const html = renderHtml(english[kind](facts), 'https://exams.example.org')
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<b>')
    expect(html).toContain('Ann &lt;b&gt;')
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co')
  })

  test('has a subject of one line, whatever the title', () => {
    expect(toSubject(english['exam-scheduled'](facts).subject)).toBe(
      'Exam: <script>alert("1")</script> & co Bcc: all@example.org',
    )
  })

  test('says in words when an exam opens and how long it takes, and leads there', () => {
    const text = renderText(english['exam-scheduled'](facts), 'https://exams.example.org')
    expect(text).toContain('Opens: Monday, 7 January 2030 at 08:00 UTC')
    expect(text).toContain('Closes: no closing time')
    expect(text).toContain('Time limit: 1 hour 30 minutes')
    expect(text).toContain('https://exams.example.org/exams')
  })

  test('of a result leads to the attempt', () => {
    const words = english['result-released'](facts)
    expect(renderText(words, 'https://exams.example.org')).toContain('https://exams.example.org/results/an-attempt')
    expect(renderHtml(words, 'https://exams.example.org')).toContain(
      'href="https://exams.example.org/results/an-attempt"',
    )
  })
})
