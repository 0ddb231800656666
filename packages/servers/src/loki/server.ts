import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { configurationOf } from '../install/configuration'
import { answersOk } from '../process/answers-ok'
import { launch, type Server } from '../process/launch'
import { findLoki } from './program'

export type LokiServer = Server & { url: string }

export const lokiConfiguration = configurationOf('loki/loki.yaml')

/** Starts Loki on 127.0.0.1 with its data in `folder`; lines that it acknowledged are there after the next start. */
export async function startLoki(
  folder: string,
  { port: given, environment = {} }: { port?: number; environment?: Readonly<Record<string, string>> } = {},
): Promise<LokiServer> {
  const port = given ?? (await findFreePort())
  mkdirSync(folder, { recursive: true })
  const url = `http://127.0.0.1:${port}`
  const server = await launch({
    name: 'Loki',
    command: [await findLoki(), `-config.file=${lokiConfiguration}`, '-config.expand-env=true'],
    environment: {
      GOMEMLIMIT: '400MiB',
      LOKI_ADDRESS: '127.0.0.1',
      LOKI_PORT: String(port),
      LOKI_GRPC_PORT: String(await findFreePort()),
      LOKI_FOLDER: folder,
      ...environment,
    },
    port,
    log: join(folder, 'loki.log'),
    isReady: () => answersOk(`${url}/ready`),
    withinMs: 60_000,
  })
  return { ...server, url }
}
