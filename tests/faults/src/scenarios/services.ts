import type { Scenario } from '../scenario'
import {
  again,
  all,
  brokenFor,
  kill,
  resetConnections,
  restartInTurn,
  signal,
  signalOne,
  untouched,
  weather,
} from './acts'

const beside = ['students', 'quizzes', 'grading', 'notifier'] as const

export const serviceScenarios: readonly Scenario[] = [
  {
    name: 'one replica of the exam room is killed',
    during: again(3, signalOne('SIGKILL', 'exams'), 2_500),
    saves: { withinMs: 3_000 },
  },
  {
    name: 'the exam room is killed as everybody starts',
    afterMs: 50,
    during: again(3, signal('SIGKILL', 'exams'), 1_000),
  },
  { name: 'all of the exam room is killed', during: again(2, signal('SIGKILL', 'exams'), 3_000) },
  { name: 'one replica of the exam room hangs', during: brokenFor(3_000, signalOne('SIGSTOP', 'exams')) },
  {
    name: 'the way to one replica of the exam room is slow',
    during: brokenFor(4_000, weather('exams', { delayMs: 150 })),
    saves: { withinMs: 2_000 },
  },
  {
    name: 'one replica of the exam room hears nothing',
    during: brokenFor(6_000, weather('exams', { swallows: 'requests' })),
  },
  {
    name: 'one replica of the exam room is not heard',
    during: brokenFor(6_000, weather('exams', { swallows: 'answers' })),
  },
  {
    name: 'connections to one replica of the exam room are reset, again and again',
    during: again(8, resetConnections('exams'), 500),
    saves: { withinMs: 2_000 },
  },
  { name: 'one gateway is killed', during: again(3, signalOne('SIGKILL', 'gateway'), 2_500) },
  { name: 'all gateways are killed', during: again(2, signal('SIGKILL', 'gateway'), 3_000) },
  { name: 'one gateway hangs', during: brokenFor(3_000, signalOne('SIGSTOP', 'gateway')) },
  { name: 'grading is killed', during: again(3, signal('SIGKILL', 'grading'), 2_000), saves: untouched },
  { name: 'grading hangs over the deadline', during: signal('SIGSTOP', 'grading'), saves: untouched },
  { name: 'the notifier hangs over the deadline', during: signal('SIGSTOP', 'notifier'), saves: untouched },
  {
    name: 'students, quizzes, grading and the notifier are killed',
    during: again(2, signal('SIGKILL', ...beside), 3_000),
    saves: untouched,
  },
  {
    name: 'every service restarts, replica by replica',
    during: restartInTurn('exams', 'gateway', ...beside),
    saves: { withinMs: 3_000 },
  },
  {
    name: 'gateways restart one after the other while PostgreSQL is slow',
    during: async (rig, random, exam) => {
      await weather('postgres', { delayMs: 60 })(rig, random, exam)
      await restartInTurn('gateway')(rig, random, exam)
      await rig.heal()
    },
    saves: { withinMs: 5_000 },
  },
  {
    name: 'everything but the exam room, its database and the gateway is away',
    during: all(kill('redis', 'rabbitmq', 'mongodb'), signal('SIGSTOP', ...beside)),
    saves: untouched,
  },
]
