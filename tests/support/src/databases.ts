import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { postgresOf } from './program'

/** The superuser's address of a database of the program that runs on a data folder. */
export function databaseUrlOf(dataFolder: string, database: string): string {
  const server = postgresOf(dataFolder)
  if (!server) throw new Error(`no PostgreSQL runs on ${dataFolder}`)
  const { databasePassword } = JSON.parse(readFileSync(join(dataFolder, 'secrets.json'), 'utf8'))
  return `postgres://postgres:${encodeURIComponent(databasePassword)}@127.0.0.1:${server.port}/${database}`
}

export type Service = 'students' | 'quizzes' | 'exams' | 'grading' | 'notifier'
const all: readonly Service[] = ['students', 'quizzes', 'exams', 'grading', 'notifier']

/** The services with a PostgreSQL database on a data folder: where there is a MongoDB, quizzes have none. */
export const servicesOn = (dataFolder: string): readonly Service[] =>
  existsSync(join(dataFolder, 'mongodb')) ? all.filter((service) => service !== 'quizzes') : all

/** A connection to each service's database, behind the back of the services: what a judge reads. */
export function openDatabases(dataFolder: string): { of: (service: Service) => Sql; close: () => Promise<void> } {
  const open = servicesOn(dataFolder).map((service) => {
    const url = databaseUrlOf(dataFolder, `hourglass_${service}`)
    return [service, postgres(url, { max: 1, onnotice: () => {} })] as const
  })
  const connections = new Map(open)
  return {
    of: (service) => {
      const sql = connections.get(service)
      if (!sql) throw new Error(`no database for ${service}`)
      return sql
    },
    close: async () => void (await Promise.all(open.map(([, sql]) => sql.end({ timeout: 2 })))),
  }
}
