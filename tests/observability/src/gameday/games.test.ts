import { expect, test } from 'bun:test'
import { readRules } from '../rules'
import { readRunbook } from './diagnose'
import { games } from './games'
import { incidentPanels } from './picture'
import { pageOf } from './play'

const rules = readRules().alerts

test.each(games.map((game) => [game.name, game] as const))(
  '%s waits for an alert that there is, and for a query that its runbook has',
  (_, game) => {
    const { severity, burn, service } = game.labels
    const meant = rules.filter(
      ({ alert, labels }) =>
        alert === game.alert &&
        labels.severity === severity &&
        labels.burn === burn &&
        [undefined, labels.service].includes(burn ? service : undefined),
    )
    expect(meant).not.toBeEmpty()
    const { diagnosis, verify } = readRunbook(pageOf(game))
    expect(diagnosis).toContain(game.finds.query)
    expect(verify).not.toBeEmpty()
  },
)

test('nothing is found while all is well', () => {
  for (const { finds } of games) {
    expect(finds.shows([])).toBe(false)
    expect(finds.shows([{ labels: { sloth_service: 'grading', outcome: 'failed' }, value: 0 }])).toBe(false)
  }
})

test.each(['exams-saves', 'students-sign-ins', 'grading-requests-availability'])(
  'of the post-mortem of %s every panel is there',
  (id) => {
    expect(incidentPanels(id).map(({ title }) => title)).toContain(`${id}: burn by window`)
  },
)
