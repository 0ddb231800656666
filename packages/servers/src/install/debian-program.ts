import { Problem } from '../problem'
import { findProgram } from '../process/find-program'
import { installDebianPackage } from './debian'

/** The path of a program of a Debian package, installed if need be at the version that the tests were last run with. */
export function findDebianProgram(program: string, { name, version }: { name: string; version: string }): string {
  const found = findProgram(program)
  if (found) return found
  installDebianPackage(name, version)
  const installed = findProgram(program)
  if (!installed) throw new Problem(`${name} was installed and ${program} is not there.`)
  return installed
}
