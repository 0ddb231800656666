import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { application } from './application'
import { business } from './business'
import { examRoom } from './exam-room'
import { infrastructure } from './infrastructure'
import { logs } from './logs'
import { overview } from './overview'
import { slo } from './slo'

/** Every dashboard, in the order in which one asks: do we keep our word, is the exam well, is the program, is the machine? */
export const createPages = (): Dashboard[] => [
  ...[overview(), slo(), examRoom(), application(), infrastructure(), business(), logs()],
]

/** A dashboard as its file in grafana/dashboards has it. */
export const textOf = (page: Dashboard): string => `${JSON.stringify(page, null, 2)}\n`
