import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startMailCatcher } from '@hourglass/notifier/mail-catcher'
import { createProgram, type Program } from '@hourglass/support/program'
import { z } from 'zod'
import { type SavingClass, startSaving } from '../saving-class'

export type Mail = { subject: string; text: string }

export type Stage = {
  program: Program
  addresses: { prometheus: string; alertmanager: string; loki: string; tempo: string }
  saving: SavingClass
  /** What Alertmanager has sent, one for each delivery. */
  mails: () => Mail[]
  /** Has something that goes on in the background ended before the stack is. */
  onEnd: (stop: () => Promise<void>) => void
  end: () => Promise<void>
}

/** Where the links of mails lead in this run. */
export const links = { REPOSITORY_URL: 'https://git.school.example/hourglass', GRAFANA_URL: 'http://grafana.example' }

/** 24 saves a second, so that what fails or is slow beside them is a small part of what the gateway answers. */
const [students, thinkMs] = [12, 500]

/** Starts the stack with all that observes it, whose Alertmanager mails to a catcher, and a class that saves until the end. */
export async function createStage(): Promise<Stage> {
  const catcher = await startMailCatcher()
  const environment = { ...links, ALERT_SMTP: `127.0.0.1:${catcher.port}` }
  const program = await createProgram(environment, 'stack', ['--observability'])
  const end = async () => {
    await program.end()
    await catcher.close()
  }
  try {
    program.launch()
    await program.untilReady(180_000)
    const addresses = z
      .object({ prometheus: z.string(), alertmanager: z.string(), loki: z.string(), tempo: z.string() })
      .parse(JSON.parse(readFileSync(join(program.dataFolder, 'observability.json'), 'utf8')))
    const saving = await startSaving(program, students, thinkMs)
    const stops = [saving.stop]
    return {
      ...{ program, addresses, saving },
      mails: catcher.mails,
      onEnd: (stop) => void stops.push(stop),
      end: async () => {
        await Promise.all(stops.map((stop) => stop()))
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** Has the stack's Prometheus scrape one more server, `port` of this machine. */
export function addTarget({ dataFolder }: Program, port: number, labels: Record<string, string>): void {
  const file = join(dataFolder, 'prometheus/configuration/targets/servers.yml')
  const groups = z.array(z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')))
  writeFileSync(`${file}.new`, JSON.stringify([...groups, { targets: [`127.0.0.1:${port}`], labels }]))
  renameSync(`${file}.new`, file)
}
