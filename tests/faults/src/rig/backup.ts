import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import postgres from 'postgres'

/** Of all databases of a PostgreSQL, as its manual's "low-level base backup" takes it: while it runs. */
export type Backup = {
  take: () => Promise<void>
  /** Puts what was taken in place of what is there; the server must be down. */
  restore: () => void
  /** What the last restoration made it forget, or nothing yet. */
  forgotten: () => { from: Date; to: Date } | null
}

/** @param urlOf the superuser's address at that moment. */
export function createBackup(data: string, folder: string, urlOf: () => string): Backup {
  let takenAt: Date | null = null
  let forgotten: { from: Date; to: Date } | null = null
  return {
    forgotten: () => forgotten,
    take: async () => {
      rmSync(folder, { recursive: true, force: true })
      const sql = postgres(urlOf(), { max: 1, onnotice: () => {} })
      try {
        await sql`select pg_backup_start('mid-exam', true)`
        copy(data, folder)
        // What is stored from here on may be in it or not.
        takenAt = new Date()
        const [end] = await sql<{ label: string }[]>`select labelfile as label from pg_backup_stop(false)`
        writeFileSync(`${folder}/backup_label`, end?.label ?? '')
        run(['chown', `--reference=${folder}/PG_VERSION`, `${folder}/backup_label`])
        // The log up to the end of the backup, without which it is not consistent.
        copy(`${data}/pg_wal`, `${folder}/pg_wal`)
      } finally {
        await sql.end({ timeout: 1 })
      }
    },
    restore: () => {
      if (!takenAt) throw new Error('there is no backup')
      forgotten = { from: takenAt, to: new Date() }
      rmSync(data, { recursive: true })
      copy(folder, data)
      rmSync(`${data}/postmaster.pid`, { force: true })
    },
  }
}

/** With owners and rights, which Node's own copying forgets. */
const copy = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  // Files may come and go while the server runs; its log mends what is half.
  run(['cp', '-a', `${from}/.`, to], /No such file/)
}

function run(command: string[], excused = /^$/): void {
  const { exitCode, stderr } = Bun.spawnSync(command)
  const errors = stderr.toString().trim().split('\n')
  if (exitCode !== 0 && !errors.every((line) => excused.test(line))) throw new Error(`${command[0]}: ${errors.at(-1)}`)
}
