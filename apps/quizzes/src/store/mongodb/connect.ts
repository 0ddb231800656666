import { watchCommands } from '@hourglass/kit/db/watch-commands'
import type { Instruments } from '@hourglass/kit/instruments'
import { type Db, MongoClient } from 'mongodb'

export type MongodbOptions = {
  /** `mongodb://user:password@host:27017/quizzes`, with the name of the database. */
  url: string
  poolSize?: number
  /** Longest wait for a server that can take the call, and for a place in the pool. */
  selectTimeoutMs?: number
  /** Longest silence of a connection that has been asked something; most replicas must have written a bit before. */
  answerTimeoutMs?: number
  /** By which its commands are measured and traced. */
  instruments?: Instruments
}

export type Mongodb = { db: Db; close: () => Promise<void> }

/**
 * A pool of connections, opened when they are needed: a program starts without its MongoDB. What is written is on the disks of
 * most replicas when it is acknowledged, and what is read was. A call to a server that fell silent fails after `answerTimeoutMs`,
 * and, as the driver tries once more, after twice that and `selectTimeoutMs` at worst: in 7.9 its `timeoutMS`, which would bound
 * the whole, has no effect. FerretDB takes all of this too.
 */
export function connectMongodb(options: MongodbOptions): Mongodb {
  const { url, poolSize = 10, selectTimeoutMs = 3_000, answerTimeoutMs = 12_000, instruments } = options
  const client = new MongoClient(url, {
    appName: 'quizzes',
    maxPoolSize: poolSize,
    serverSelectionTimeoutMS: selectTimeoutMs,
    waitQueueTimeoutMS: selectTimeoutMs,
    connectTimeoutMS: selectTimeoutMs,
    socketTimeoutMS: answerTimeoutMs,
    heartbeatFrequencyMS: 5_000,
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: Math.ceil(answerTimeoutMs * 0.8) },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // As JSON has it, so that a body comes back as it went in.
    ignoreUndefined: true,
    promoteBuffers: true,
    monitorCommands: instruments !== undefined,
  })
  if (instruments) watchCommands(client, 'quizzes', instruments)
  return { db: client.db(), close: () => client.close() }
}
