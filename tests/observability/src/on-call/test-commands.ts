import { expect, test } from 'bun:test'
import type { Program } from '@hourglass/support/program'
import { askLoki, askPrometheus } from '../ask'
import { commandsOf, linesOf, readPages } from './pages'
import { runCommand } from './run-command'

/** Whether a command asks a running Hourglass, or the Prometheus that looks on. */
export const isRunOnStack = (command: string): boolean => / run parked\b|^curl /.test(command)

type Stack = { program: Program; addresses: { prometheus: string; loki: string } }

/** Registers the tests that whatever the runbooks have whoever is on call ask and type works on a stack that runs. */
export function testCommands(stack: () => Stack): void {
  const pages = readPages()

  test('every query of a runbook is answered by its server', async () => {
    const { addresses } = stack()
    const asked = { promql: askPrometheus.bind(null, addresses.prometheus), logql: askLoki.bind(null, addresses.loki) }
    const refused: string[] = []
    for (const [language, ask] of Object.entries(asked)) {
      const queries = pages.flatMap((page) => linesOf(page, language))
      expect(queries.length).toBeGreaterThan(10)
      for (const query of queries) await ask(query).catch((error) => refused.push(`${query}: ${error.message}`))
    }
    expect(refused).toEqual([])
  }, 60_000)

  test('every command of a runbook that asks a running Hourglass works', async () => {
    const { program, addresses } = stack()
    const commands = [...new Set(pages.flatMap(commandsOf))].filter(isRunOnStack)
    expect(commands.length).toBeGreaterThan(3)
    const { email, password } = program.admin
    const env = {
      ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
      ...{ HOURGLASS_PUBLIC_URL: program.url, HOURGLASS_ADMIN_EMAIL: email, HOURGLASS_ADMIN_PASSWORD: password },
    }
    for (const command of commands) {
      // What npx would fetch is what runs this test.
      const here = command.replaceAll('http://127.0.0.1:9090', addresses.prometheus).replace(/npx -y bun@\S+/, 'bun')
      expect([command, ...(await runCommand(here, env))]).toEqual([command, 0, true])
    }
  }, 60_000)
}
