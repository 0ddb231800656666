import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../problem'

export type ServerUser = { uid: number; gid: number } | null

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, made if need be. `null`: as we ourselves. */
export function findServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return null
  return readUser() ?? createUser()
}

/** Throws a Problem when the user cannot walk to the data, such as data below `/root`. */
export function assertReachable(user: ServerUser, path: string): void {
  const folder = closedFolderOf(user, path)
  if (folder === null) return
  throw new Problem(
    `Started by root, PostgreSQL runs as the user postgres, who may not enter ${folder}. Choose a data folder that all may reach with --data, such as one below /srv, or start Hourglass as another user.`,
  )
}

export const isReachable = (user: ServerUser, path: string): boolean => closedFolderOf(user, path) === null

/** The first folder above `path` that the user may not enter. */
function closedFolderOf(user: ServerUser, path: string): string | null {
  if (!user) return null
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid } = statSync(folder)
    if ((mode & 0o001) === 0 && uid !== user.uid) return folder
  }
  return null
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
