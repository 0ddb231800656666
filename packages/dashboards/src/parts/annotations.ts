import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { prometheus } from './sources'

/** When processes began. A deploy is all replicas of a service one after the other; one alone, unasked, is a crash. */
export const starts = () =>
  new AnnotationQueryBuilder()
    .name('Starts and deploys')
    .datasource(prometheus)
    .enable(true)
    .iconColor('blue')
    .expr('process_start_time_seconds{job="services"} * 1000')
    .useValueForTime(true)
    .titleFormat('{{service}} began')
    .textFormat('{{instance}}')
    .step('60s')

/** When the server ended attempts because their time was over: an exam's end, where everything comes at once. */
export const seals = () =>
  new AnnotationQueryBuilder()
    .name('Seals at the deadline')
    .datasource(prometheus)
    .enable(true)
    .iconColor('purple')
    .expr('sum(increase(exams_attempts_ended_total{cause="deadline"}[1m])) > 0')
    .titleFormat('Attempts were sealed by the server')
    .step('60s')
