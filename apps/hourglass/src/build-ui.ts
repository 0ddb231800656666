import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem'

export const webFolder = join(import.meta.dir, '../../web')
const vite = join(webFolder, 'node_modules/vite/bin/vite.js')

/** The folder of the built pages; builds them if they are not there. Throws a Problem when the build fails. */
export function buildUi(options: { again?: boolean } = {}): string {
  const folder = join(webFolder, 'dist')
  if (!options.again && existsSync(join(folder, 'index.html'))) return folder
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, vite, 'build'], { cwd: webFolder })
  if (exitCode !== 0) throw new Problem(`The pages could not be built:\n${stderr.toString().slice(-2_000)}`)
  return folder
}

/** The development server of the pages, as a command for its port. */
export const viteCommand = (port: number): string[] => [
  process.execPath,
  vite,
  '--host',
  '127.0.0.1',
  '--port',
  String(port),
  '--strictPort',
]
