import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../problem'

export type ServerUser = { uid: number; gid: number } | null

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, made if need be. `null`: as we ourselves. */
export function findServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return null
  return readUser() ?? createUser()
}

/** Throws a Problem when the user cannot walk to a place that the server needs, such as one below `/root`. */
export function assertReachable(user: ServerUser, path: string): void {
  if (!user) return
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid } = statSync(folder)
    if ((mode & 0o001) === 0 && uid !== user.uid) {
      throw new Problem(
        `Started by root, PostgreSQL runs as the user postgres, who may not enter ${folder}. Start Hourglass as another user, or from a folder that all may enter, such as one below /srv.`,
      )
    }
  }
}

function readUser(): ServerUser {
  const ask = (flag: string) => Bun.spawnSync(['id', flag, 'postgres'])
  const [uid, gid] = [ask('-u'), ask('-g')]
  if (uid.exitCode !== 0 || gid.exitCode !== 0) return null
  return { uid: Number(uid.stdout.toString()), gid: Number(gid.stdout.toString()) }
}

function createUser(): ServerUser {
  Bun.spawnSync(['groupadd', '--system', 'postgres'])
  const { stderr } = Bun.spawnSync(['useradd', '--system', '-g', 'postgres', 'postgres'])
  const user = readUser()
  if (user) return user
  throw new Problem(
    `Cannot make the user postgres, as whom PostgreSQL runs when root starts it: ${stderr.toString().trim()}`,
  )
}
