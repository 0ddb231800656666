import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import type { LinkAddresses } from '../install/with-addresses'
import { answersOk } from '../process/answers-ok'
import { launch, type Server } from '../process/launch'
import { writeAlertmanagerConfiguration } from './configuration'
import { findAlertmanager } from './programs'

export type AlertmanagerServer = Server & { url: string }

export { alertmanagerConfiguration, writeAlertmanagerConfiguration } from './configuration'

/**
 * Starts Alertmanager on 127.0.0.1, alone (no cluster), with what it remembers in `folder`. `smtp` is `host:port` of what takes
 * mail; without it alerts are shown and sent to nobody.
 */
export async function startAlertmanager(
  folder: string,
  {
    port: given,
    smtp,
    externalUrl,
    addresses,
  }: { port?: number; smtp?: string | undefined; externalUrl?: string; addresses?: LinkAddresses } = {},
): Promise<AlertmanagerServer> {
  const port = given ?? (await findFreePort())
  mkdirSync(folder, { recursive: true })
  const url = `http://127.0.0.1:${port}`
  const server = await launch({
    name: 'Alertmanager',
    command: [
      findAlertmanager(),
      `--config.file=${writeAlertmanagerConfiguration(join(folder, 'configuration'), smtp, addresses)}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.external-url=${externalUrl ?? url}`,
      '--cluster.listen-address=',
    ],
    port,
    log: join(folder, 'alertmanager.log'),
    isReady: () => answersOk(`http://127.0.0.1:${port}/-/ready`),
  })
  return { ...server, url }
}
