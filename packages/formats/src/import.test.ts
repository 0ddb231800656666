import { expect, test } from 'bun:test'
import { measured } from '@hourglass/testing/processor'
import { exportMoodleXml } from './export'
import { ImportError, importQuestions, maxImportBytes } from './import'
import type { Format } from './report'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, format: Format | 'auto' = 'auto') => importQuestions(bytes(text), format)

function faultOf(input: Uint8Array, format: Format | 'auto' = 'auto'): unknown {
  try {
    return importQuestions(input, format).questions.map(({ status }) => status)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    return [error.kind, error.status]
  }
}

const xml = (inner: string) => `<?xml version="1.0"?>\n<quiz>\n${inner}\n</quiz>`
const essay = (name: string, stem = 'Why?') =>
  `<question type="essay"><name><text>${name}</text></name><questiontext format="html"><text>${stem}</text></questiontext></question>`

test('a file that is too large is refused before it is decoded', () => {
  const huge = new Uint8Array(100 * 1024 * 1024)
  expect(measured(() => expect(faultOf(huge)).toEqual(['import-too-large', 413]))[1]).toBeLessThan(50)
  expect(faultOf(new Uint8Array(maxImportBytes + 1).fill(0x61))).toEqual(['import-too-large', 413])
})

test('binary files, NUL and empty files are refused by name', () => {
  expect(faultOf(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]))).toEqual(['import-binary', 415])
  expect(faultOf(crypto.getRandomValues(new Uint8Array(60_000)))).toEqual(['import-binary', 415])
  expect(faultOf(bytes('What?{=a\0b}'))).toEqual(['import-binary', 415])
  expect(faultOf(bytes(' \n '))).toEqual(['import-empty', 422])
  expect(faultOf(bytes('Dear all, please find my holiday plans here.'))).toEqual(['import-unknown-format', 415])
  expect(faultOf(bytes('<?xml version="1.0"?><assessmentTest/>'))).toEqual(['import-unknown-format', 415])
})

test('UTF-16 with its mark is read; Latin-1 and lone surrogates are refused with the line', () => {
  const text = '\ufeffCapital of Perú?{=Lima}'
  const little = new Uint8Array(new Uint16Array([...text].map((char) => char.charCodeAt(0))).buffer)
  expect(importQuestions(little, 'auto').questions[0]?.question?.stem.text).toBe('Capital of Perú?')
  const big = little.map((_, index) => little[index ^ 1] ?? 0)
  expect(importQuestions(big, 'gift').questions[0]?.title).toBe('Capital of Perú?')
  const latin = Uint8Array.from([...'One{}\n\nPer\u00fa?{=Lima}'].map((char) => char.charCodeAt(0)))
  expect(faultOf(latin)).toEqual(['import-encoding', 415])
  expect(() => importQuestions(latin, 'auto')).toThrow(/line 3/)
  expect(faultOf(new Uint8Array([0x61, 0xed, 0xa0, 0x80, 0x7b, 0x7d]))).toEqual(['import-encoding', 415])
  expect(faultOf(new Uint8Array([0xff, 0xfe, 0x00, 0xd8, 0x7b, 0x00]))).toEqual(['import-binary', 415])
})

test('entities and external references are refused, however they are written', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><quiz>${essay('&b;')}</quiz>`
  expect(faultOf(bytes(bomb))).toEqual(['import-unsafe-xml', 422])
  const external = `<!DOCTYPE quiz SYSTEM "file:///etc/passwd">${xml(essay('x'))}`
  expect(faultOf(bytes(external), 'moodle-xml')).toEqual(['import-unsafe-xml', 422])
  expect(read(xml(essay('a', '<![CDATA[<!DOCTYPE html> is the first line &b;]]>'))).questions[0]?.status).toBe(
    'imported',
  )
})

test('one broken question never loses its neighbours', () => {
  const broken = [
    '<question type="essay"><name><text>cut',
    '<question type="essay"><name></text></name></question>',
    '<question type="essay"><questiontext><text><![CDATA[never closed</text></questiontext></question>',
    `<question type="essay"><name><text>&#xD800;</text></name></question>`,
    `<question type="essay">${'<a>'.repeat(5_000)}</question>`,
    '<question type="essay" <<<></question>',
    '<question type="calculated"><name><text>calc</text></name></question>',
  ]
  for (const bad of broken) {
    const report = read(xml(`${essay('before')}\n${bad}\n${essay('after')}`))
    expect(report.questions.map(({ status }) => status)).toEqual(['imported', 'refused', 'imported'])
    expect(report.questions.map(({ line }) => line)).toEqual([3, 4, 5])
    expect(report.questions[1]?.reason).toBeString()
  }
})

test('one question cannot fill the memory with answers or elements', () => {
  const wide = `Before?{T}\n\nWide?{${'=a'.repeat(1_000_000)}}\n\nAfter?{F}`
  expect(faultOf(bytes(wide))).toEqual(['imported', 'refused', 'imported'])
  const many = xml(`${essay('a')}<question type="essay">${'<b/>'.repeat(1_000_000)}</question>${essay('c')}`)
  expect(faultOf(bytes(many))).toEqual(['imported', 'refused', 'imported'])
  const gaps = xml(
    `<question type="cloze"><questiontext><text>${'{1:SA:=a}'.repeat(1_000_000)}</text></questiontext></question>${essay('b')}`,
  )
  expect(faultOf(bytes(gaps))).toEqual(['refused', 'imported'])
})

test('hostile files end in time proportional to their size', () => {
  const repeated = [
    '<question',
    '<question type="',
    '<![CDATA[',
    '<!--',
    '<question><![CDATA[',
    '<question><!--',
    '&',
    '<a>',
    '<question><a b="',
  ]
  for (const piece of repeated) {
    const [, ms] = measured(() => {
      try {
        read(`<quiz><question>${piece.repeat(Math.floor(3_000_000 / piece.length))}`, 'moodle-xml')
      } catch (error) {
        expect(error).toBeInstanceOf(ImportError)
      }
    })
    expect(ms, piece).toBeLessThan(2_500)
  }
  for (const piece of [
    '{',
    '}',
    '::',
    '\\',
    '=',
    '~',
    '{\n\n',
    '{#',
    '####',
    '[html]',
    '//[tag:',
    'x{',
    '%',
    '<a ',
    '<br',
  ]) {
    const [, ms] = measured(() => {
      try {
        read(`x{${piece.repeat(Math.floor(1_000_000 / piece.length))}`, 'gift')
        read(`x{=${piece.repeat(Math.floor(1_000_000 / piece.length))}}`, 'gift')
      } catch (error) {
        expect(error).toBeInstanceOf(ImportError)
      }
    })
    expect(ms, piece).toBeLessThan(2_500)
  }
  expect(faultOf(bytes('a{}\n\n'.repeat(30_000)))).toEqual(['import-too-many-questions', 422])
  expect(faultOf(bytes(`a{}${'\n'.repeat(1_000_001)}`))).toEqual(['import-too-large', 413])
}, 60_000)

test('10,000 questions of 5 MB are read in under 2 s, as GIFT and as Moodle XML', () => {
  const filler = 'The answer lies in the details of the text. '.repeat(9)
  const gift = Array.from(
    { length: 10_000 },
    (_, index) =>
      `::Question ${index}::[html]<p>${filler} ${index}?</p>{\n=right ${index}#Well done.\n~wrong\n~%50%half \\: right\n}\n`,
  ).join('\n')
  expect(gift.length).toBeGreaterThan(4_500_000)
  const [report, giftMs] = measured(() => read(gift))
  expect(report.questions.filter(({ status }) => status === 'imported')).toHaveLength(10_000)
  const { text } = exportMoodleXml(report.questions.flatMap(({ question }) => question ?? []))
  const [again, xmlMs] = measured(() => read(text))
  expect(again.questions.filter(({ status }) => status === 'imported')).toHaveLength(10_000)
  console.info(
    `10,000 questions: GIFT ${Math.round(giftMs)} ms, Moodle XML (${text.length} characters) ${Math.round(xmlMs)} ms`,
  )
  expect(giftMs).toBeLessThan(2_000)
  expect(xmlMs).toBeLessThan(4_000)
})
