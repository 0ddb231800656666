import type { Act } from '../scenario'

/** The database is lost in mid-exam, and what is put in its place is two seconds older. */
export const restoreBackup: Act = async ({ stores, backup, heal }) => {
  await backup.take()
  await Bun.sleep(2_000)
  await stores.postgres.kill()
  backup.restore()
  await heal()
}
