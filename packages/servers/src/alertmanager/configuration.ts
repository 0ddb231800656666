import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { configurationOf } from '../install/configuration'
import { copyWithAddresses, type LinkAddresses } from '../install/with-addresses'

/** The folder that compose mounts: the configuration, the templates of its messages, secrets if there are any. */
export const alertmanagerConfiguration = configurationOf('alertmanager')

const Configuration = z.looseObject({
  global: z.looseObject({ smtp_smarthost: z.string() }),
  receivers: z.array(z.looseObject({ name: z.string() })),
})

/**
 * Writes what compose mounts into `folder` as it holds on this machine, and answers the file. `smtp` is `host:port` of what takes
 * mail; without it alerts are shown and sent to nobody, since compose's catcher is not here. Alertmanager expands no variables.
 */
export function writeAlertmanagerConfiguration(
  folder: string,
  smtp: string | undefined,
  addresses: LinkAddresses = {},
): string {
  rmSync(folder, { recursive: true, force: true })
  copyWithAddresses(alertmanagerConfiguration, folder, addresses)
  const text = readFileSync(join(alertmanagerConfiguration, 'alertmanager.yml'), 'utf8').replaceAll(
    '/etc/alertmanager/',
    `${alertmanagerConfiguration}/`,
  )
  const { global, receivers, ...rest } = Configuration.parse(Bun.YAML.parse(text))
  const file = join(folder, 'alertmanager.yml')
  const here = {
    ...rest,
    global: { ...global, ...(smtp && { smtp_smarthost: smtp }) },
    receivers: receivers.map(({ email_configs, ...others }) => ({ ...others, ...(smtp && { email_configs }) })),
  }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(here, null, 2))
  return file
}
