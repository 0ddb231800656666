import { expect, test } from 'bun:test'
import { type GateWithPast, rowsOf, sha } from '../../fixtures/gate-with-past'
import { Problem } from '../problem'

/** Registers the tests of the rows of the verdict table that hang on who deploys what, where and when. */
export function testRows(gate: () => GateWithPast): void {
  test('row 1: a service without an SLO, or that the policy knows not, is refused', async () => {
    const { decide, request } = gate()
    const others = request.slos.filter(({ service }) => service !== 'healthy')
    expect(decide(['healthy'], {}, { slos: others })).rejects.toThrow('No SLO speaks for the service "healthy"')
    expect(decide(['nobody'])).rejects.toBeInstanceOf(Problem)
    expect(decide(['healthy'], { environment: 'moon' })).rejects.toThrow('no environment "moon"')
  })

  test('rows 2 to 4: a rollback, an override, a hotfix and a fix go out though it burns', async () => {
    const { decide } = gate()
    expect(rowsOf(await decide(['fast'], { class: 'rollback' }))).toEqual([['pass', '2 rollback']])
    const hours = { from: Date.now() / 1_000 - 60, expires: Date.now() / 1_000 + 3_600 }
    const override = {
      id: 'O-1',
      by: 'cleo',
      reason: 'An exam needs it.',
      ticket: 'T-1',
      service: 'fast',
      sha,
      ...hours,
    }
    const overridden = await decide(['fast'], {}, { overrides: [override] })
    expect(rowsOf(overridden)).toEqual([['pass', '3 override']])
    expect(overridden.slos[0]?.override).toBe('O-1')
    const late = await decide(['fast'], {}, { overrides: [{ ...override, expires: hours.from + 1 }] })
    expect([rowsOf(late), late.notices]).toEqual([
      [['block', '9 fast-burn']],
      ['Override O-1 does not hold: it is over.'],
    ])
    expect(rowsOf(await decide(['empty'], { class: 'hotfix' }))).toEqual([['warn', '10 empty-budget']])
    expect(rowsOf(await decide(['fast'], { class: 'hotfix' }))).toEqual([['block', '9 fast-burn']])
    expect(rowsOf(await decide(['fast'], { class: 'hotfix', incident: 'I-1' }))).toEqual([['warn', '9 fast-burn']])
    const fix = { class: 'fix', labels: ['slo-fix'], reason: 'Mends it.' } as const
    expect(rowsOf(await decide(['fast'], fix))).toEqual([['warn', '9 fast-burn']])
  })

  test('row 5: a window of the calendar, an exam, and an exam room that nobody can ask', async () => {
    const { decide } = gate()
    expect(rowsOf(await decide(['healthy'], { environment: 'frozen' }))).toEqual([['block', '5 freeze']])
    const busy = await decide(['healthy'], { environment: 'examined' })
    expect(rowsOf(busy)).toEqual([['block', '5 exam']])
    expect(busy.exams).toMatchObject({ kind: 'busy', why: expect.stringContaining('An exam is open until') })
    const unknown = await decide(['healthy'], { environment: 'unexamined' })
    expect(rowsOf(unknown)).toEqual([['cannot-tell', '5 exam-unknown']])
  })

  test('row 6: nobody answers', async () => {
    const { decide } = gate()
    const away = { source: { url: 'http://127.0.0.1:1', tenant: null } }
    expect(rowsOf(await decide(['healthy'], {}, away))).toEqual([['cannot-tell', '6 unreachable']])
  })

  test('row 7: a gate whose clock goes wrong believes nothing', async () => {
    const { decide } = gate()
    for (const seconds of [-45, 45]) {
      const decision = await decide(['healthy'], {}, { now: Date.now() / 1_000 + seconds })
      expect(rowsOf(decision)).toEqual([['cannot-tell', '7 stale-rules']])
      expect(decision.slos[0]?.findings[0]?.what).toContain('clock')
    }
  })

  test('few events only warn', async () => {
    const { decide } = gate()
    const [rare = []] = rowsOf(await decide(['rare']))
    expect(rare.slice(0, 2)).toEqual(['warn', '13 fast-burn'])
  })
}
