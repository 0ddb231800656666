import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { startNodeExporter } from '@hourglass/servers/exporters'
import { endWithThisProcess } from '@hourglass/servers/watcher'
import { addTarget, type Stage } from './stage'

type Undo = () => Promise<void>

/** Keeps every core busy with a loop that lets everybody else go first. */
export async function busyCores(): Promise<Undo> {
  const burners = cpus().map(() => {
    const burner = Bun.spawn(['nice', '-n', '19', 'sh', '-c', 'while :; do :; done'], {
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    void burner.exited.then(endWithThisProcess(burner.pid))
    return burner
  })
  return async () => {
    for (const burner of burners) burner.kill('SIGKILL')
    await Promise.all(burners.map(({ exited }) => exited))
  }
}

/**
 * A second exporter of this machine's memory, on a copy of its `/proc/meminfo` in which nearly nothing is available: to fill the
 * memory itself would end other people's processes.
 */
export async function emptyMemory({ program }: Stage): Promise<Undo> {
  const folder = join(program.dataFolder, 'played-node')
  const proc = join(folder, 'proc')
  mkdirSync(proc, { recursive: true })
  const real = readFileSync('/proc/meminfo', 'utf8')
  const total = Number(/^MemTotal:\s+(\d+)/m.exec(real)?.[1])
  const played = real.replace(/^(MemAvailable:\s+)\d+/m, `$1${Math.round(total * 0.05)}`)
  writeFileSync(join(proc, 'meminfo'), played)
  // Of all else it would say what does not change, such as processors that are never idle.
  const only = ['--collector.disable-defaults', '--collector.meminfo', `--path.procfs=${proc}`]
  const { port } = await startNodeExporter(folder, { arguments: only })
  addTarget(program, port, { job: 'node', instance: 'played-node' })
  return async () => writeFileSync(join(proc, 'meminfo'), real)
}
