/** Services with a PostgreSQL database, as many connections as each of their processes opens at most. */
export type PoolPlan = Record<PooledService, number>
export type PooledService = keyof typeof least

/**
 * The least that one process does its work with: a lock that one request waits for must not hold up all others. The exam room's
 * jobs and events have `backgroundPool` of their own beside it.
 */
const least = { students: 3, exams: 4, grading: 3, notifier: 2 }
/** Who gets how much of what is left over. */
const shares: PoolPlan = { students: 1, exams: 3, grading: 2, notifier: 0 }

export const backgroundPool = 3

const names = Object.keys(least) as PooledService[]
const sum = (countOf: (service: PooledService) => number): number =>
  names.reduce((total, name) => total + countOf(name), 0)

/** Connections of all replicas together, those for jobs and events too: what PostgreSQL feels. */
export const connectionsOf = (plan: PoolPlan, replicasOf: (service: PooledService) => number): number =>
  sum((name) => plan[name] * replicasOf(name)) + backgroundPool * replicasOf('exams')

/**
 * Sizes pools by the database's processors: beyond twice as many connections and one they only wait for each other. No process
 * gets less than it does its work with, so with few processors or many replicas the sum is that of the least. (Rule: PostgreSQL's
 * wiki, "Number of database connections", with one disk.)
 */
export function planPools(processors: number, replicasOf: (service: PooledService) => number): PoolPlan {
  const spare = Math.max(0, 2 * processors + 1 - connectionsOf(least, replicasOf))
  const sizeOf = (name: PooledService) => {
    const share = (spare * shares[name]) / sum((each) => shares[each])
    return Math.min(least[name] + Math.floor(share / Math.max(1, replicasOf(name))), 50)
  }
  return {
    students: sizeOf('students'),
    exams: sizeOf('exams'),
    grading: sizeOf('grading'),
    notifier: sizeOf('notifier'),
  }
}
