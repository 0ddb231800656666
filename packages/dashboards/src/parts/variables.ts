import {
  CustomVariableBuilder,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { prometheus } from './sources'

const labelValues = (name: string, label: string, metric: string, of: string) =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(prometheus)
    .query({ qryType: 1, query: `label_values(${metric}, ${of})`, refId: name })
    .definition(`label_values(${metric}, ${of})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ selected: true, text: ['All'], value: ['$__all'] })

export const service = () => labelValues('service', 'Service', 'up{job="services"}', 'service')
export const instance = () => labelValues('instance', 'Replica', 'up{job="services", service=~"$service"}', 'instance')
export const node = () => labelValues('node', 'Node', 'node_load1', 'instance')
export const database = () => labelValues('database', 'Database', 'pg_stat_database_numbackends', 'datname')

/** How much of all a duration must cover: half, nineteen twentieths, all but a hundredth. */
export const quantile = () =>
  new CustomVariableBuilder('quantile')
    .label('Quantile')
    .values('0.5,0.95,0.99')
    .current({ selected: true, text: '0.95', value: '0.95' })

/** An id out of an error's message, a line, or a trace. */
export const id = () =>
  new TextBoxVariableBuilder('id')
    .label('Request or trace id')
    .defaultValue('')
    .current({ selected: true, text: '', value: '' })

/** An exam, as it stands in the address of its page. */
export const exam = () =>
  new TextBoxVariableBuilder('exam')
    .label('Exam (the id in its page’s address)')
    .defaultValue('')
    .current({ selected: true, text: '', value: '' })

/**
 * Where docs/runbooks can be read. Every page's link goes there. The address stands for REPOSITORY_URL of the environment:
 * Grafana expands no variables in dashboards, so scripts/with-addresses.sh puts it there before Grafana starts.
 */
export const runbooks = () =>
  new TextBoxVariableBuilder('runbooks')
    .defaultValue(runbooksUrl)
    .current({ selected: true, text: runbooksUrl, value: runbooksUrl })
    .hide(VariableHide.HideVariable)

const runbooksUrl = 'https://hourglass.example/docs/runbooks'
