import { Moment, Time, Zone } from '@hourglass/slo-gate/moments'
import { z } from 'zod'

const Layer = z.strictObject({
  name: z.string(),
  /** The day on which the first of `people` began, at the time `at` of the clock on the wall. */
  begins: z.iso.date(),
  at: Time,
  /** How long a turn is. */
  days: z.int().positive(),
  people: z.array(z.string()).min(1),
  /** How long the next layer waits until it is called too. */
  minutes: z.number().positive(),
})

/** From `from` on, until before `until`, somebody else has all turns of a person. */
const Away = z.strictObject({ person: z.string(), from: Moment, until: Moment, instead: z.string() })

/** Who is on call, by the clock on the wall of one zone: `slo/on-call/schedule.yaml`. Earlier layers are called first. */
export const Schedule = z
  .strictObject({
    version: z.literal('hourglass-on-call/v1'),
    zone: Zone,
    people: z.record(z.string(), z.strictObject({ name: z.string(), reach: z.string() })),
    layers: z.array(Layer).min(1),
    away: z.array(Away).default([]),
  })
  .superRefine(({ people, layers, away }, context) => {
    const named = [
      ...layers.flatMap((layer) => layer.people),
      ...away.flatMap(({ person, instead }) => [person, instead]),
    ]
    for (const name of new Set(named)) {
      if (!(name in people))
        context.addIssue({ code: 'custom', path: ['people'], message: `There is no person "${name}".` })
    }
    for (const { person, from, until } of away) {
      if (from >= until) {
        context.addIssue({
          code: 'custom',
          path: ['away'],
          message: `${person} is back before they go: ${from}, ${until}.`,
        })
      }
    }
  })
export type Schedule = z.infer<typeof Schedule>
export type Layer = Schedule['layers'][number]
