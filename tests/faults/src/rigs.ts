import { createSchool, type School } from '@hourglass/support/school'
import { createRig, type Rig, type RigOptions } from './rig/rig'

export type Stage = { rig: Rig; school: School }

/** One rig at a time, and another one whenever somebody needs other than what is there. */
export type Rigs = { get: (options: RigOptions) => Promise<Stage>; log: () => string; end: () => Promise<void> }

/** @param students in each rig's school. */
export function createRigs(students: number): Rigs {
  let current: (Stage & { key: string }) | null = null
  const end = async () => {
    await current?.rig.end()
    current = null
  }
  return {
    get: async (options) => {
      const key = JSON.stringify(options)
      if (current?.key === key) return current
      await end()
      const rig = await createRig(options)
      current = { rig, key, school: await createSchool(rig, { students }) }
      return current
    },
    log: () => current?.rig.log() ?? '',
    end,
  }
}
