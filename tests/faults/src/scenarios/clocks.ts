import type { Act, Scenario } from '../scenario'
import { untouched } from './acts'

/** There and back again, as after a step of the time service and its correction. */
const jump =
  (seconds: number): Act =>
  async ({ clock }) => {
    clock?.set(seconds)
    await Bun.sleep(4_000)
    clock?.set(0)
  }

/** Times are the database's: what the exam room's own clock says decides nothing. */
export const clockScenarios: readonly Scenario[] = [
  { name: 'the exam room’s clock is 45 s ahead', needs: { clockOf: 'exams' }, during: jump(45), saves: untouched },
  { name: 'the exam room’s clock is 45 s behind', needs: { clockOf: 'exams' }, during: jump(-45), saves: untouched },
  { name: 'PostgreSQL’s clock goes back by 2 s', needs: { clockOf: 'postgres' }, during: jump(-2), saves: untouched },
]
