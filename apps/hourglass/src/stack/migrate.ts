import { Problem } from '../problem'
import type { EnvironmentOf, Replica } from './replica'
import { programOf } from './service-process'

/** Brings each service's database up to date before any replica starts: a job of its own, as in a cluster. */
export async function migrateAll(replicas: readonly Replica[], environmentOf: EnvironmentOf): Promise<void> {
  const firsts = replicas.filter(
    ({ service }, index) => replicas.findIndex((each) => each.service === service) === index,
  )
  await Promise.all(
    firsts
      .filter((replica) => 'DATABASE_URL' in environmentOf(replica))
      .map(async (replica) => {
        const job = Bun.spawn([process.execPath, programOf(replica.service), 'migrate'], {
          env: { PATH: process.env.PATH ?? '', ...environmentOf(replica) },
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        const said = await new Response(job.stderr).text()
        if ((await job.exited) !== 0) throw new Problem(`${replica.service} could not be migrated: ${said.trim()}`)
      }),
  )
}
