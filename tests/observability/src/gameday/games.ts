import { createApi } from '@hourglass/support/api'
import { hangService, shutDatabaseOf, shutGrading } from '../alerts/services'
import type { Stage } from '../alerts/stage'
import { createVisitor, keepVisiting } from '../alerts/visits'
import type { Sample } from './diagnose'

/** A fault as a team would meet it: what tells of it, what finds its cause, what the gate says meanwhile. */
export type Game = {
  name: string
  /** What happens, for the table. */
  fault: string
  /** What tells of it; the labels beside its name. */
  alert: string
  labels: Readonly<Record<string, string>>
  /** Does it, and answers what undoes it. */
  begin: (stage: Stage) => Promise<() => Promise<void>>
  /** The query of the alert's runbook that points at the cause, and what it shows then and not before. */
  finds: { query: string; shows: (samples: readonly Sample[]) => boolean }
  /** The service whose deploy the gate must block meanwhile; `null` where no promise of it burns. */
  gate: string | null
}

const isAboveZero = (samples: readonly Sample[]): boolean => samples.some(({ value }) => value > 0)
/** Whether requests of this service fail. */
const failsAt =
  (service: string) =>
  (samples: readonly Sample[]): boolean =>
    samples.some(({ labels, value }) => labels.sloth_service === service && value > 14.4)

export const games: readonly Game[] = [
  {
    name: 'answers-not-stored',
    fault: 'the database of `exams` takes no connections while a class writes',
    alert: 'SavesBurning',
    labels: { severity: 'page', burn: 'fast' },
    begin: (stage) => shutDatabaseOf(stage, 'exams'),
    finds: {
      query: 'sum by (outcome) (rate(slo_events_total{sli="saves", outcome!="good"}[5m]))',
      shows: isAboveZero,
    },
    gate: 'exams',
  },
  {
    name: 'nobody-can-sign-in',
    fault: 'the database of `students` takes no connections while people sign in',
    alert: 'SignInsBurning',
    labels: { severity: 'page', burn: 'fast' },
    begin: async (stage) => {
      keepSigningIn(stage)
      return shutDatabaseOf(stage, 'students')
    },
    finds: {
      query: 'sum by (outcome) (rate(slo_events_total{sli="sign-ins", outcome!="good"}[5m]))',
      shows: isAboveZero,
    },
    gate: 'students',
  },
  {
    name: 'marks-away',
    fault: 'the database of `grading` takes no connections while a teacher looks at marks',
    alert: 'AvailabilityBurning',
    labels: { severity: 'page', burn: 'fast', service: 'grading' },
    begin: shutGrading,
    finds: {
      query: 'sum by (sloth_service) (slo:current_burn_rate:ratio{sloth_slo="requests-availability"})',
      shows: failsAt('grading'),
    },
    gate: 'grading',
  },
  {
    name: 'quizzes-stand-still',
    fault: 'the document store stands still (SIGSTOP) while a teacher opens quizzes',
    alert: 'AvailabilityBurning',
    labels: { severity: 'page', burn: 'fast', service: 'quizzes' },
    begin: async (stage) => {
      keepVisiting(stage, await createVisitor(stage, '/api/quizzes'), 2_000, 2)
      return hangService(stage, 'MongoDB')
    },
    finds: {
      query: 'sum by (sloth_service) (slo:current_burn_rate:ratio{sloth_slo="requests-availability"})',
      shows: failsAt('quizzes'),
    },
    gate: 'quizzes',
  },
  {
    name: 'notifier-hangs',
    fault: '`notifier` takes connections and answers nothing (SIGSTOP)',
    alert: 'ServiceDown',
    labels: { severity: 'page', service: 'notifier' },
    begin: (stage) => hangService(stage, 'notifier'),
    finds: {
      query: 'up{job="services"} == 0',
      shows: (samples) => samples.some(({ labels }) => labels.service === 'notifier'),
    },
    gate: null,
  },
]

/** The teacher, over and over, until the stage ends; failures are what it is for. */
function keepSigningIn(stage: Stage): void {
  const { email, password } = stage.saving.teacher
  const api = createApi(stage.program.url, { timeoutMs: 15_000 })
  const visit = async () => void (await api.ask('POST', '/api/sessions', { email, password }).catch(() => null))
  keepVisiting(stage, visit, 1_000)
}
