import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { prometheus } from './sources'

/** When a service was first seen in a version. */
export const deploys = () =>
  new AnnotationQueryBuilder()
    .name('Deploys')
    .datasource(prometheus)
    .enable(true)
    .iconColor('green')
    .expr(
      'count by (service, version) (hourglass_build_info) unless count by (service, version) (hourglass_build_info offset 2m)',
    )
    .titleFormat('{{service}} {{version}}')
    .step('60s')

/** When processes began. One that begins in the version that it had, unasked, has crashed. */
export const starts = () =>
  new AnnotationQueryBuilder()
    .name('Starts')
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

/** When an exam opened or closed. */
export const exams = () =>
  new AnnotationQueryBuilder()
    .name('Exams')
    .datasource(prometheus)
    .enable(true)
    .iconColor('orange')
    .expr('sum(changes(exams_exams{state="open"}[2m])) > 0')
    .titleFormat('An exam opened or closed')
    .step('60s')
