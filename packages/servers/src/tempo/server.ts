import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { configurationOf } from '../install/configuration'
import { answersOk } from '../process/answers-ok'
import { launch, type Server } from '../process/launch'
import { findTempo } from './program'

/** `otlpUrl` takes spans as OTLP over HTTP. */
export type TempoServer = Server & { url: string; otlpUrl: string }

export const tempoConfiguration = configurationOf('tempo/tempo.yaml')

type TempoOptions = {
  port?: number
  otlpPort?: number
  /** Where the service graph's metrics are written. */
  prometheusUrl: string
  environment?: Readonly<Record<string, string>>
}

/** Starts Tempo on 127.0.0.1 with its data in `folder`. */
export async function startTempo(folder: string, options: TempoOptions): Promise<TempoServer> {
  const port = options.port ?? (await findFreePort())
  const otlpPort = options.otlpPort ?? (await findFreePort())
  mkdirSync(folder, { recursive: true })
  const url = `http://127.0.0.1:${port}`
  const server = await launch({
    name: 'Tempo',
    command: [await findTempo(), `-config.file=${tempoConfiguration}`, '-config.expand-env=true'],
    environment: {
      GOMEMLIMIT: '400MiB',
      TEMPO_ADDRESS: '127.0.0.1',
      TEMPO_PORT: String(port),
      TEMPO_GRPC_PORT: String(await findFreePort()),
      // Two on one machine would meet at the usual one.
      TEMPO_GOSSIP_PORT: String(await findFreePort()),
      TEMPO_OTLP_PORT: String(otlpPort),
      TEMPO_FOLDER: folder,
      PROMETHEUS_URL: options.prometheusUrl,
      ...options.environment,
    },
    port,
    log: join(folder, 'tempo.log'),
    isReady: () => answersOk(`${url}/ready`),
    withinMs: 60_000,
  })
  return { ...server, url, otlpUrl: `http://127.0.0.1:${otlpPort}` }
}
