import { busyCores, emptyMemory } from './machine'
import { hangService, killAgain, pulseMongodb, shutGrading } from './services'
import type { Stage } from './stage'

/** A fault that is done to the running stack, and the one alert that has to say so. */
export type AlertFault = {
  alert: string
  /** In words, for the table. */
  fault: string
  /** Labels that the alert must have, beside its name. */
  labels: Readonly<Record<string, string>>
  subject: string
  /** What its mail says that people feel, as far as it is this fault's. */
  feel: string
  /** It is over as soon as it is done. */
  isBrief?: true
  /** Does it, and answers what undoes it. */
  begin: (stage: Stage) => Promise<() => Promise<void>>
  /** It lasts until this one is kept back by it for long enough to have been mailed. */
  inhibits?: { alert: string; forMs: number }
}

/** Each at a place of its own, so that all can last at the same time. */
export const alertFaults: readonly AlertFault[] = [
  {
    alert: 'CpuBusy',
    fault: 'every processor runs a loop, at the lowest priority',
    labels: { severity: 'ticket', instance: 'node' },
    subject: 'Ticket: CpuBusy',
    feel: 'Saves take longer',
    begin: busyCores,
  },
  {
    alert: 'MemoryNearlyFull',
    fault: 'a second exporter reads a `/proc/meminfo` in which 5 % are left (**played**)',
    labels: { severity: 'page', instance: 'played-node' },
    subject: 'Page: MemoryNearlyFull',
    feel: 'Next the kernel ends a process',
    begin: emptyMemory,
  },
  {
    alert: 'CrashLooping',
    fault: '`students` is killed three times, 12 s apart; its keeper starts it again',
    labels: { severity: 'page', service: 'students', instance: 'students' },
    subject: 'Page: CrashLooping in students',
    feel: 'Each time requests under way fail',
    isBrief: true,
    begin: (stage) => killAgain(stage, 'students', 3),
  },
  {
    alert: 'RequestsSlow',
    fault: 'the document store stands still for 2.6 of every 3.4 s (SIGSTOP, SIGCONT)',
    labels: { severity: 'page', service: 'quizzes' },
    subject: 'Page: RequestsSlow in quizzes',
    feel: 'Pages hang',
    begin: pulseMongodb,
  },
  {
    alert: 'RequestsFailing',
    fault: 'the database of `grading` takes no connections',
    labels: { severity: 'page', service: 'grading' },
    subject: 'Page: RequestsFailing in grading',
    feel: 'Students and teachers see errors',
    begin: shutGrading,
  },
  {
    alert: 'ServiceDown',
    fault: '`notifier` is stopped (SIGSTOP), so that nothing starts it again',
    labels: { severity: 'page', service: 'notifier' },
    subject: 'Page: ServiceDown in notifier',
    feel: 'Mails and notices wait',
    begin: (stage) => hangService(stage, 'notifier'),
    // Fires after five minutes, and would be mailed two minutes later.
    inhibits: { alert: 'TargetDown', forMs: 150_000 },
  },
]

/** What may fire beside them, and why; nothing of it may be mailed. */
export const expectedBeside: Readonly<Record<string, string>> = {
  TargetDown: 'a service that is down has no target that answers; ServiceDown keeps it back',
}
