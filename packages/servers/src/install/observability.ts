import { findAlertmanager, findAmtool } from '../alertmanager/programs'
import { findCollector } from '../collector/program'
import { findExporter } from '../exporters/exporters'
import { findLoki } from '../loki/program'
import { findPrometheus, findPromtool } from '../prometheus/program'
import { findSloth } from '../sloth/program'
import { findTempo } from '../tempo/program'

/** Everything that looks on, by name: each answers the program's path, and builds or installs it the first time. */
export const observers = {
  'node exporter': () => findExporter('node'),
  'postgres exporter': () => findExporter('postgres'),
  'redis exporter': () => findExporter('redis'),
  alertmanager: findAlertmanager,
  collector: findCollector,
  prometheus: findPrometheus,
  loki: findLoki,
  tempo: findTempo,
}

/** What checks configurations, makes rules and tests them, in the same way. */
export const checkers = { amtool: findAmtool, promtool: findPromtool, sloth: findSloth }

type Programs = Readonly<Record<string, () => Promise<string> | string>>

/** Builds or installs what is not there yet, one after the other: each build takes all cores. Answers names and paths. */
export async function installPrograms(programs: Programs): Promise<[string, string][]> {
  const found: [string, string][] = []
  for (const [name, find] of Object.entries(programs)) found.push([name, await find()])
  return found
}
