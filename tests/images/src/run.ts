/** Runs a program and answers what it wrote. Throws an Error with its last words when it fails or takes longer than `withinMs`. */
export async function run(
  command: readonly string[],
  { cwd, env, withinMs = 600_000 }: { cwd?: string; env?: Record<string, string>; withinMs?: number } = {},
): Promise<string> {
  const child = Bun.spawn([...command], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: withinMs,
    killSignal: 'SIGKILL',
  })
  const [output, errors] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  if ((await child.exited) === 0) return output
  throw new Error(
    `${command.slice(0, 4).join(' ')} … ended with ${child.exitCode}:\n${(output + errors).slice(-3_000)}`,
  )
}
