import { repository } from './pages'

/** Types a command as a page has it, in the clone: its exit code, and whether it said anything. */
export async function runCommand(command: string, env: Record<string, string>): Promise<[number, boolean]> {
  const child = Bun.spawn(['sh', '-euc', command], { cwd: repository, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const said = await new Response(child.stdout).text()
  return [await child.exited, said.trim() !== '']
}
