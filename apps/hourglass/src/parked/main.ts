import { signIn } from '../client'
import { Problem } from '../problem'
import { readParkedOptions } from './options'
import { describeParked, listParked, type Parked, replayParked } from './parked'

/** Shows what services could not take, or has it tried again, through the public API as an admin. Answers the exit code. */
async function run(): Promise<number> {
  const { command, ids, isAll, services, url, admin } = readParkedOptions(process.argv.slice(2), process.env)
  const client = await signIn(url, admin.email, admin.password).catch((error) => {
    throw new Problem(`No sign-in at ${url}: ${error instanceof Error ? error.message : error}`)
  })
  const answers = await Promise.allSettled(services.map((service) => listParked(client, service)))
  const parked: Parked[] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const silent = services.filter((_, index) => answers[index]?.status === 'rejected')
  for (const service of silent) console.error(`${service} did not say what it could not take.`)
  if (command === 'list') {
    for (const each of parked) console.log(describeParked(each))
    if (parked.length === 0) console.log('Nothing is parked.')
    return silent.length === 0 ? 0 : 1
  }
  const chosen = parked.filter(({ id, nextAttemptAt }) => (isAll ? nextAttemptAt === null : ids.includes(id)))
  for (const each of chosen) {
    await replayParked(client, each)
    console.log(`${each.id}  ${each.service}  ${each.name}: is tried again`)
  }
  const unknown = ids.filter((id) => !chosen.some((each) => each.id === id))
  for (const id of unknown) console.error(`${id} is parked nowhere.`)
  if (isAll) console.log(`${chosen.length} event(s) are tried again.`)
  return silent.length + unknown.length === 0 ? 0 : 1
}

try {
  process.exit(await run())
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.error(error.message)
  process.exit(1)
}
