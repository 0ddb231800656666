/**
 * Leaves a shell that waits on a pipe from this process and, when the pipe breaks, ends the given one and removes its folder:
 * a test runner calls no exit handlers, and a killed process cannot.
 */
export function endWithThisProcess(pid: number, { signal = 'TERM', folder = '' } = {}): void {
  const script =
    'cat > /dev/null; kill -"$3" "$1" 2> /dev/null; while kill -0 "$1" 2> /dev/null; do sleep 0.1; done; [ -z "$2" ] || rm -rf "$2"'
  const watcher = Bun.spawn(['sh', '-c', script, 'sh', String(pid), folder, signal], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
  })
  watcher.unref()
}
