import type { Act } from '../scenario'

/** The database is lost in mid-exam, before anybody has submitted, and what is put in its place is a little older. */
export const restoreBackup: Act = async ({ stores, backup, heal }) => {
  await backup.take()
  await Bun.sleep(1_200)
  await stores.postgres.kill()
  backup.restore()
  await heal()
}
