import { migrateDatabase } from '@hourglass/kit/db/migrate'
import postgres, { type Sql } from 'postgres'
import { passwordFor } from '../installation/passwords'

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
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const urls = await createDatabases(adminUrl, password, serviceNames)
  await Promise.all(serviceNames.map((service) => migrateDatabase(urls[service], folders[service])))
  return urls
}

/** Makes a database and a role for each name, if they are not there. The roles' passwords follow from `secret`. */
export async function createDatabases<Name extends string>(
  adminUrl: string,
  secret: string,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const { host } = new URL(adminUrl)
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  const urls: Partial<Record<Name, string>> = {}
  try {
    for (const name of names) {
      const rolePassword = passwordFor(secret, name)
      await createDatabase(admin, `hourglass_${name}`, rolePassword)
      urls[name] = `postgres://hourglass_${name}:${rolePassword}@${host}/hourglass_${name}`
    }
  } finally {
    await admin.end({ timeout: 5 })
  }
  // The loop above has filled in every name.
  return urls as Record<Name, string>
}

const serviceNames: readonly ServiceWithDatabase[] = ['students', 'quizzes', 'exams', 'grading', 'notifier']

/** One name for database and role, which owns it; nobody else may connect. The name is one of ours, never input. */
async function createDatabase(admin: Sql, name: string, password: string): Promise<void> {
  const [role] = await admin`select 1 from pg_roles where rolname = ${name}`
  await admin.unsafe(`${role ? 'alter' : 'create'} role "${name}" login password '${password}'`)
  const [database] = await admin`select 1 from pg_database where datname = ${name}`
  if (!database) await admin.unsafe(`create database "${name}" owner "${name}"`)
  await admin.unsafe(`revoke connect on database "${name}" from public`)
}
