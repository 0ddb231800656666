import { listAll } from '../../lib/load'

/** The services that take events; quizzes only tells. */
export const services = ['students', 'exams', 'grading', 'notifier'] as const
export type ServiceName = (typeof services)[number]

/** An event that a service could not take. `nextAttemptAt` is null once it waits for somebody's replay. */
export type ParkedEvent = {
  id: string
  consumer: string
  name: string
  version: number
  failures: number
  reason: string
  firstFailedAt: string
  nextAttemptAt: string | null
}

export type Parked = ParkedEvent & { service: ServiceName }
export type ParkedAnswer = { events: Parked[]; unreachable: { service: ServiceName; error: unknown }[] }

export const parkedAddress = (service: ServiceName): string => `/api/${service}-events/parked`

/** What waits in all services. One that does not answer is named and keeps none of the others from being shown. */
export async function readParked(signal?: AbortSignal): Promise<ParkedAnswer> {
  const answers = await Promise.allSettled(
    services.map((service) => listAll<ParkedEvent>(parkedAddress(service), signal)),
  )
  const answer: ParkedAnswer = { events: [], unreachable: [] }
  services.forEach((service, index) => {
    const result = answers[index]
    if (result?.status === 'fulfilled') answer.events.push(...result.value.map((event) => ({ ...event, service })))
    else if (result) answer.unreachable.push({ service, error: result.reason })
  })
  return answer
}
