import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SigningKey } from '@hourglass/kit/auth/token'
import { z } from 'zod'
import { createKey } from '../create-key'
import { type ServiceName, serviceNames } from './environments'

const SigningKeyFile = z.object({ kid: z.string(), privateKey: z.string() })
const KeyFile = z.record(z.enum(serviceNames), SigningKeyFile)

/** The keys by which the services of an installation know each other: made once, readable by its user alone. */
export function readServiceKeys(folder: string): Record<ServiceName, SigningKey> {
  const file = join(folder, 'service-keys.json')
  if (existsSync(file)) return KeyFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const keys = KeyFile.parse(Object.fromEntries(serviceNames.map((name) => [name, createKey(`${name}-1`)])))
  writeFileSync(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return keys
}
