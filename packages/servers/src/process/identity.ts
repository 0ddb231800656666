import { readFileSync } from 'node:fs'

/**
 * When a process started, as text that differs between two processes that had the same id; `null` when there is none.
 * Linux tells it in `/proc/<pid>/stat` (field 22, after the name in brackets); elsewhere `ps` does.
 */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // A zombie has ended; only its parent has not looked yet.
      return fields[0] === 'Z' ? null : (fields[19] ?? null)
    } catch {
      return null
    }
  }
  const { exitCode, stdout } = Bun.spawnSync(['ps', '-o', 'lstart=', '-p', String(pid)])
  return exitCode === 0 ? stdout.toString().trim() || null : null
}

/** Sends a signal and waits until the process has ended. Answers whether it has, within `withinMs`. */
export async function endProcess(pid: number, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  const start = startOf(pid)
  if (start === null) return true
  try {
    process.kill(pid, signal)
  } catch {
    return startOf(pid) !== start
  }
  const giveUpAt = performance.now() + withinMs
  while (performance.now() < giveUpAt) {
    if (startOf(pid) !== start) return true
    await Bun.sleep(20)
  }
  return startOf(pid) !== start
}
