import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { type Caller, createSchool } from '../../fixtures/school'
import type { RosterReport } from './model'
import { readRoster } from './read-csv'

const school = await createSchool()
const { call } = school
let teacher: Caller
let classId: string
beforeAll(async () => {
  teacher = await school.addPerson('teacher', 'Rosa Roster')
})
beforeEach(async () => {
  classId = (await call(teacher, 'POST', '/api/classes', { name: 'Roster class' })).body.id
})
afterAll(() => school.close())

const send = async (csv: string | Uint8Array, query = ''): Promise<RosterReport> =>
  (await call(teacher, 'POST', `/api/classes/${classId}/roster${query}`, csv)).body

describe('roster import', () => {
  test('each row has its own result, and a bad one keeps no other from being taken', async () => {
    const mail = (name: string) => `${name}.${classId}@school.test`
    const report = await send(
      `Name,E-Mail,Groups\nAda,${mail('ada')},A; B\nNobody,not-an-address,\nBob,${mail('bob')},\nAda again,${mail('ada').toUpperCase()},\n,${mail('noname')},\n`,
    )
    expect(report).toMatchObject({ created: 2, refused: 3 })
    expect(report.rows.map(({ line, result }) => [line, result])).toEqual([
      [2, 'created'],
      [3, 'refused'],
      [4, 'created'],
      [5, 'refused'],
      [6, 'refused'],
    ])
    expect(report.rows[3]?.reason).toBe('Line 2 has the same e-mail address.')
    expect(report.rows[0]?.invitation).toMatch(/^\/invitation#[\w-]{43}$/)
    const members = await call(teacher, 'GET', `/api/classes/${classId}/members`)
    expect(members.body.items).toContainEqual(expect.objectContaining({ role: 'student', groups: ['A', 'B'] }))
  })

  test('the same file again changes nothing; a new group is a change', async () => {
    const file = (group: string) => `email,name,group\neve.${classId}@school.test,Eve,${group}\n`
    expect(await send(file('A'))).toMatchObject({ created: 1 })
    expect(await send(file('A'))).toMatchObject({ created: 0, unchanged: 1 })
    expect(await send(file('B'))).toMatchObject({ changed: 1 })
  })

  test('a dry run says the same and does nothing', async () => {
    const file = `email,name\ndry.${classId}@school.test,Dry\n`
    const dry = await send(file, '?dryRun=true')
    expect(dry).toMatchObject({ created: 1, rows: [{ invitation: null }] })
    expect((await call(teacher, 'GET', `/api/classes/${classId}`)).body.students).toBe(0)
    expect(await send(file)).toMatchObject({ created: 1 })
  })

  test('a teacher’s account is not taken for a student’s', async () => {
    const report = await send('email,name\nrosa.roster@school.test,Rosa\n')
    expect(report.rows[0]).toMatchObject({ result: 'refused', reason: 'This is the account of a teacher.' })
  })

  test('what is no roster is refused in words', async () => {
    const refusal = async (csv: string | Uint8Array) =>
      (await call(teacher, 'POST', `/api/classes/${classId}/roster`, csv)).body
    expect(await refusal('a,b\n1,2\n')).toMatchObject({ kind: 'no-email-column', found: ['a', 'b'] })
    expect(await refusal(new Uint8Array([0x65, 0xe9, 0x0a]))).toMatchObject({ kind: 'bad-encoding' })
    expect(await refusal(`email\n${'x'.repeat(1_000_001)}`)).toMatchObject({ kind: 'too-large' })
  })

  test('export and import are one roster, and no cell is a formula', async () => {
    await send(`email,name,groups\nformula.${classId}@school.test,=1+1,A\n`)
    const csv = (await call(teacher, 'GET', `/api/classes/${classId}/roster`)).body
    expect(csv).toContain("'=1+1")
    expect(await send(csv)).toMatchObject({ unchanged: 1, refused: 0 })
    expect(readRoster(new TextEncoder().encode(csv))).toMatchObject([{ name: '=1+1', groups: ['A'] }])
  })
})

describe('a roster of a whole school', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, n) => `s${n}.${classId}@school.test,Student ${n}`)

  test('2,000 rows have a result each in a few seconds; one more is refused before any is taken', async () => {
    const startedAt = performance.now()
    const report = await send(['email,name', ...rows(2_000)].join('\n'))
    expect(report).toMatchObject({ created: 2_000, refused: 0 })
    expect(performance.now() - startedAt).toBeLessThan(20_000)
    const more = await call(
      teacher,
      'POST',
      `/api/classes/${classId}/roster`,
      ['email,name', ...rows(2_001)].join('\n'),
    )
    expect(more).toMatchObject({ status: 413, body: { kind: 'too-many-rows' } })
  })
})

test('a name with a line break is refused, and the rows after it are told by the lines that people see', async () => {
  const report = await send(`email,name\n"two.${classId}@school.test","Two\nLines"\nbad,Bad\n`)
  expect(report.rows.map(({ line, result }) => [line, result])).toEqual([
    [2, 'refused'],
    [4, 'refused'],
  ])
})

describe('roster files', () => {
  const text = (csv: string) => new TextEncoder().encode(csv)
  const utf16 = (csv: string) =>
    new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(csv, (c) => c.charCodeAt(0)).buffer)])
  const expected = [{ email: 'zoé@school.test', name: 'Zoé Ünal', line: 2 }]

  test.each([
    ['comma', text('email,name\nzoé@school.test,Zoé Ünal\n')],
    ['semicolon and CRLF', text('email;name\r\nzoé@school.test;Zoé Ünal\r\n')],
    ['tab', text('email\tname\nzoé@school.test\tZoé Ünal\n')],
    ['byte order mark', text('\ufeffemail,name\nzoé@school.test,Zoé Ünal\n')],
    ['UTF-16 of Excel', utf16('email\tname\r\nzoé@school.test\tZoé Ünal\r\n')],
    ['first and last name', text('Surname,First name,E-mail address\nÜnal,Zoé,zoé@school.test\n')],
    ['quotes', text('"email","name"\n"zoé@school.test","Zoé Ünal"\n')],
  ])('%s is read', (_, bytes) => {
    expect(readRoster(bytes)).toMatchObject(expected)
  })

  test('Excel’s line of the separator does not shift the lines by what people see', () => {
    expect(readRoster(text('sep=;\nemail;name\nzoé@school.test;Zoé\n'))).toMatchObject([{ line: 3 }])
  })
})
