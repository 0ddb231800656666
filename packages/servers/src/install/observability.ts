import { findAlertmanager, findAmtool } from '../alertmanager/programs'
import { findCollector } from '../collector/program'
import { exporterNames, findExporter } from '../exporters/exporters'
import { findLoki } from '../loki/program'
import { findPrometheus, findPromtool } from '../prometheus/program'
import { findTempo } from '../tempo/program'

/** Everything that looks on, by name: each answers the program's path, and builds or installs it the first time. */
export const programs = {
  alertmanager: findAlertmanager,
  amtool: findAmtool,
  collector: findCollector,
  prometheus: findPrometheus,
  promtool: findPromtool,
  loki: findLoki,
  tempo: findTempo,
}

/** Builds or installs what is not there yet, one after the other: each build takes all cores. Answers names and paths. */
export async function installObservability(): Promise<[string, string][]> {
  const found: [string, string][] = exporterNames.map((name) => [`${name} exporter`, findExporter(name)])
  for (const [name, find] of Object.entries(programs)) found.push([name, await find()])
  return found
}
