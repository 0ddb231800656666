import { startOf } from './identity'

/**
 * Leaves a shell that waits on a pipe from this process and, when the pipe breaks, ends the given one and removes its folder:
 * a test runner calls no exit handlers, and a killed process cannot. Ids are given again, sooner than one would think: it ends
 * only the process that started at `start`, by default when the given one did. One that does not end within half a minute is killed.
 * Call what is answered once that has ended.
 */
export function endWithThisProcess(
  pid: number,
  { signal = 'TERM', folder = '', start = startOf(pid) ?? '' } = {},
): () => void {
  const watcher = Bun.spawn(['sh', '-c', script, 'sh', String(pid), folder, signal, start], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
  })
  watcher.unref()
  return () => watcher.kill('SIGKILL')
}

/** Its `start_of` answers what `startOf` does. */
const script = `
start_of() {
  if [ -d /proc/self ]; then
    set -- $(sed 's/.*) //' "/proc/$1/stat" 2> /dev/null)
    [ "$1" = Z ] || echo "\${20}"
  else
    echo $(ps -o lstart= -p "$1")
  fi
}
is_it() { [ -n "$start" ] && [ "$(start_of "$pid")" = "$start" ]; }
pid=$1 folder=$2 signal=$3 start=$(echo $4)
cat > /dev/null
is_it && kill -"$signal" "$pid" 2> /dev/null
turn=0
while is_it; do
  sleep 0.1
  turn=$((turn + 1))
  [ "$turn" -lt 300 ] || kill -KILL "$pid" 2> /dev/null
done
[ -z "$folder" ] || rm -rf "$folder"`
