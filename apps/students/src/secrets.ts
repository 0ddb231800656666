import { createHmac, randomBytes } from 'node:crypto'

/** 256 random bits. */
export const createSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret: with 256 random bits a plain SHA-256 cannot be searched. */
export const hashSecret = (secret: string): string => new Bun.CryptoHasher('sha256').update(secret).digest('hex')

/** The successor of a refresh token: the same each time for who knows the key, unguessable from the token alone. */
export const deriveSuccessor = (key: string, token: string): string =>
  createHmac('sha256', key).update(`refresh/${token}`).digest('base64url')
