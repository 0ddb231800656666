import postgres from 'postgres'
import { passwordFor } from '../installation/passwords'

/**
 * Makes the role as which PostgreSQL's exporter looks, if it is not there, and answers its address: it may read the server's
 * statistics, and no table of anybody.
 */
export async function createMonitoringRole(adminUrl: string, secret: string): Promise<string> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  const password = passwordFor(secret, 'monitoring')
  try {
    const [role] = await admin`select 1 from pg_roles where rolname = 'hourglass_monitoring'`
    await admin.unsafe(`${role ? 'alter' : 'create'} role hourglass_monitoring login password '${password}'`)
    await admin.unsafe('grant pg_monitor to hourglass_monitoring')
  } finally {
    await admin.end({ timeout: 5 })
  }
  return `postgres://hourglass_monitoring:${password}@${new URL(adminUrl).host}/postgres`
}
