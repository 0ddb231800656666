import { configurationOf } from './configuration'

/** Where this repository can be read, and Grafana; those that stand for them where they are not told. */
export type LinkAddresses = { repositoryUrl?: string | undefined; grafanaUrl?: string | undefined }

/** What compose starts before a server that expands no variables. */
export const withAddressesScript = configurationOf('scripts/with-addresses.sh')

/** Copies a folder of configurations with these addresses in it, as compose has it done. */
export function copyWithAddresses(from: string, to: string, { repositoryUrl, grafanaUrl }: LinkAddresses): void {
  const { exitCode, stderr } = Bun.spawnSync(['sh', withAddressesScript, from, to, 'true'], {
    env: { PATH: process.env.PATH ?? '', REPOSITORY_URL: repositoryUrl ?? '', GRAFANA_URL: grafanaUrl ?? '' },
  })
  if (exitCode !== 0) throw new Error(`${withAddressesScript}: ${stderr.toString().trim()}`)
}
