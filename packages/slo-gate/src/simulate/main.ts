import { Problem } from '../problem'
import { simulate } from './simulate'

try {
  console.log(simulate(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.error(error.message)
  process.exit(2)
}
