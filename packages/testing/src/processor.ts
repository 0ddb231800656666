/** What `work` answers, and the processor time it takes in this process, in ms: what else the machine does does not count. */
export function measured<T>(work: () => T): [answer: T, ms: number] {
  const before = process.cpuUsage()
  const answer = work()
  const { user, system } = process.cpuUsage(before)
  return [answer, (user + system) / 1_000]
}
