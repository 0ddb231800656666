import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createKey } from '../create-key'
import { Problem } from '../problem'

const SigningKey = z.object({ kid: z.string(), privateKey: z.string() })
const Secrets = z.object({
  databasePassword: z.string(),
  accessKey: SigningKey,
  seatKey: SigningKey,
  receiptKey: z.string(),
  refreshSecret: z.string(),
})
/** What only this installation knows: made once, readable by its user alone. */
export type Secrets = z.infer<typeof Secrets>

/** Reads the folder's secrets, or makes them. Throws a Problem when the file is not what was written. */
export function readSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json')
  if (!existsSync(file)) return writeSecrets(file)
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new Problem(
      `${file} is damaged. Restore it from a backup, or start afresh with --reset (this deletes all data).`,
    )
  }
}

function writeSecrets(file: string): Secrets {
  const secrets: Secrets = {
    databasePassword: randomText(),
    accessKey: createKey(randomKid()),
    seatKey: createKey(randomKid()),
    receiptKey: randomText(),
    refreshSecret: randomText(),
  }
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return secrets
}

const randomText = (): string => randomBytes(32).toString('base64url')

const randomKid = (): string => randomBytes(8).toString('hex')
