import { generateKeyPairSync } from 'node:crypto'
import type { SigningKey } from '@hourglass/kit/auth/token'

/** A new Ed25519 key. */
export const createKey = (kid: string): SigningKey => ({
  kid,
  privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})
