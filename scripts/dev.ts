/** `bun run dev`, also on a fresh clone: installs the packages, then becomes the program itself. */
const { exitCode } = Bun.spawnSync([process.execPath, 'install', '--frozen-lockfile', '--silent'], {
  cwd: `${import.meta.dir}/..`,
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (exitCode !== 0) {
  console.error('The packages cannot be installed: see the lines above. Is the network there?')
  process.exit(1)
}
process.argv.splice(2, 0, 'dev')
// Only now: what it imports has just been installed.
await import('../apps/hourglass/src/main')
