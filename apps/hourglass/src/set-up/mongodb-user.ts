import { MongoClient } from 'mongodb'

const database = 'quizzes'

/** Makes the user of the quizzes service, or gives it its password again. Answers its address of the database. */
export async function createMongodbUser(adminUrl: string, password: string): Promise<string> {
  const client = new MongoClient(adminUrl, { serverSelectionTimeoutMS: 10_000 })
  try {
    const db = client.db(database)
    const { users } = await db.command({ usersInfo: database })
    const word = users.length > 0 ? 'updateUser' : 'createUser'
    await db.command({ [word]: database, pwd: password, roles: [{ role: 'readWrite', db: database }] })
  } finally {
    await client.close()
  }
  const { host, search } = new URL(adminUrl)
  return `mongodb://${database}:${encodeURIComponent(password)}@${host}/${database}${search}`
}
