import { Problem } from '../problem'
import { askAttempt } from './ask'
import { readAskOptions } from './options'
import { nextClicks, renderAccount } from './render'

try {
  const options = readAskOptions(process.argv.slice(2), process.env, Date.now())
  const account = await askAttempt(options)
  const { sources, isJson } = options
  const next = nextClicks(account, sources)
  console.log(isJson ? JSON.stringify({ ...account, next }, null, 2) : renderAccount(account, sources))
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.error(error.message)
  process.exit(1)
}
