import { UnavailableError } from '@hourglass/kit/errors'
import type { Registry } from '@hourglass/kit/metrics'
import { type Priority, priorities } from './request-class'

/**
 * A class is let in while fewer than its number are under way in all: what lies above one class is reserved for those before it.
 * Sign-ins are counted by themselves.
 */
export type AdmissionLimits = Record<Priority, number>

export const defaultLimits: AdmissionLimits = { save: 240, start: 160, read: 96, bulk: 24, 'sign-in': 600 }

export type AdmissionOptions = { limits?: AdmissionLimits; queue?: number; waitMs?: number; registry?: Registry }

export type Admission = {
  /** Resolves with the function that gives the place back. Throws an UnavailableError when there is none in time. */
  enter: (priority: Priority) => Promise<() => void>
  active: (priority?: Priority) => number
}

type Place = { admit: () => void }

/**
 * Bounds how much is under way, not how often: under load the least urgent class is refused first and the reserved places
 * stay with the more urgent. A class waits in its own queue of `queue` for `waitMs`; a free place goes to the most urgent.
 */
export function createAdmission(options: AdmissionOptions = {}): Admission {
  const { limits = defaultLimits, queue = 256, waitMs = 100, registry } = options
  const active: Record<Priority, number> = { save: 0, start: 0, read: 0, bulk: 0, 'sign-in': 0 }
  const waiting: Record<Priority, Place[]> = { save: [], start: [], read: [], bulk: [], 'sign-in': [] }
  const shed = createMeasures(registry, active, waiting)
  const total = () => active.save + active.start + active.read + active.bulk
  const hasPlace = (priority: Priority) => (priority === 'sign-in' ? active['sign-in'] : total()) < limits[priority]

  const take = (priority: Priority) => {
    active[priority]++
    let isGivenBack = false
    return () => {
      if (isGivenBack) return
      isGivenBack = true
      active[priority]--
      for (const name of priorities) {
        while (waiting[name].length > 0 && hasPlace(name)) waiting[name].shift()?.admit()
      }
    }
  }
  const refuse = (priority: Priority) => {
    shed?.inc({ priority })
    // Spread, so that all who were refused together do not come back together.
    return new UnavailableError('The server is busy. Try again in a moment.', 1 + Math.floor(Math.random() * 4), 'busy')
  }
  const wait = (priority: Priority) =>
    new Promise<() => void>((resolve, reject) => {
      const places = waiting[priority]
      if (places.length >= queue) return reject(refuse(priority))
      const timer = setTimeout(() => {
        places.splice(places.indexOf(place), 1)
        reject(refuse(priority))
      }, waitMs)
      const place = {
        admit: () => {
          clearTimeout(timer)
          resolve(take(priority))
        },
      }
      places.push(place)
    })
  return {
    enter: async (priority) => (hasPlace(priority) ? take(priority) : wait(priority)),
    active: (priority) => (priority ? active[priority] : total() + active['sign-in']),
  }
}

function createMeasures(
  registry: Registry | undefined,
  active: Record<Priority, number>,
  waiting: Record<Priority, Place[]>,
) {
  if (!registry) return null
  registry.gauge({
    name: 'gateway_requests_active',
    help: 'Requests under way, by priority.',
    labels: ['priority'],
    collect: (gauge) => {
      for (const priority of priorities) gauge.set({ priority }, active[priority])
    },
  })
  registry.gauge({
    name: 'gateway_requests_waiting',
    help: 'Requests that wait for their turn, by priority.',
    labels: ['priority'],
    collect: (gauge) => {
      for (const priority of priorities) gauge.set({ priority }, waiting[priority].length)
    },
  })
  return registry.counter({
    name: 'gateway_requests_shed_total',
    help: 'Requests refused because the server was busy, by priority.',
    labels: ['priority'],
  })
}
