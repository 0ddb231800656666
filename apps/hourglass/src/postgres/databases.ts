import { createHmac } from 'node:crypto'
import { migrateDatabase } from '@hourglass/kit/db/migrate'
import postgres, { type Sql } from 'postgres'

export type ServiceWithDatabase = 'students' | 'quizzes' | 'exams' | 'grading' | 'notifier'

/** The address of each service's own database, with its own role. */
export type DatabaseUrls = Record<ServiceWithDatabase, string>

/** Migration folders of the services, absolute. */
export type MigrationFolders = Record<ServiceWithDatabase, string>

/** Makes a database and a role for each service, if they are not there, and brings their tables up to date. */
export async function prepareDatabases(
  port: number,
  password: string,
  folders: MigrationFolders,
): Promise<DatabaseUrls> {
  const admin = postgres(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, { max: 1, onnotice: () => {} })
  const urls: Partial<DatabaseUrls> = {}
  try {
    for (const service of serviceNames) {
      const rolePassword = createHmac('sha256', password).update(service).digest('base64url')
      await createDatabase(admin, `hourglass_${service}`, rolePassword)
      urls[service] = `postgres://hourglass_${service}:${rolePassword}@127.0.0.1:${port}/hourglass_${service}`
    }
  } finally {
    await admin.end({ timeout: 5 })
  }
  // The loop above has filled in every name.
  const all = urls as DatabaseUrls
  await Promise.all(serviceNames.map((service) => migrateDatabase(all[service], folders[service])))
  return all
}

const serviceNames: readonly ServiceWithDatabase[] = ['students', 'quizzes', 'exams', 'grading', 'notifier']

/** One name for database and role, which owns it; nobody else may connect. The name is one of ours, never input. */
async function createDatabase(admin: Sql, name: string, password: string): Promise<void> {
  const [role] = await admin`select 1 from pg_roles where rolname = ${name}`
  if (!role) await admin.unsafe(`create role "${name}" login password '${password}'`)
  const [database] = await admin`select 1 from pg_database where datname = ${name}`
  if (!database) await admin.unsafe(`create database "${name}" owner "${name}"`)
  await admin.unsafe(`revoke connect on database "${name}" from public`)
}
