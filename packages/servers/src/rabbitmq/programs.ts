import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installDebianPackage } from '../install/debian'
import { Problem } from '../problem'
import { findProgram } from '../process/find-program'

/** Debian's package that the tests were last run with. */
const pinned = '3.10.8-1.1+deb12u1'

type Programs = { server: string; control: string; epmd: string }

/** The node's own start script, without the wrapper that Debian puts before it (it insists on a user and on /var/log). */
export function findPrograms(): Programs {
  const found = look()
  if (found) return found
  installDebianPackage('rabbitmq-server', pinned)
  const installed = look()
  if (!installed) throw new Problem('rabbitmq-server was installed and is not there.')
  return installed
}

function look(): Programs | null {
  const epmd = findProgram('epmd')
  const server = findInDebian() ?? findProgram('rabbitmq-server')
  const control = server?.replace(/rabbitmq-server$/, 'rabbitmqctl')
  return server && control && epmd ? { server, control, epmd } : null
}

function findInDebian(): string | null {
  const folder = '/usr/lib/rabbitmq/lib'
  if (!existsSync(folder)) return null
  const [path] = new Bun.Glob('rabbitmq_server-*/sbin/rabbitmq-server').scanSync(folder)
  return path ? join(folder, path) : null
}
