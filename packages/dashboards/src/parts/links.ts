import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard'

/** From a line of a service to what it logged then. */
export const logsOfService = (): DashboardLinkBuilder =>
  new DashboardLinkBuilder('Its log lines')
    .type(DashboardLinkType.Link)
    .url(`/d/logs?\${__url_time_range}&var-service=\${__field.labels.service}`)

/** From a trace in a table to the log lines that carry its id. */
export const logsOfTrace = (): DashboardLinkBuilder =>
  new DashboardLinkBuilder('Its log lines')
    .type(DashboardLinkType.Link)
    .url(`/d/logs?\${__url_time_range}&var-id=\${__data.fields.traceID}`)

/** To the other pages, with the same time and variables; and to what to do. */
export const linksOfPage = (): DashboardLinkBuilder[] => [
  new DashboardLinkBuilder('Hourglass')
    .type(DashboardLinkType.Dashboards)
    .tags(['hourglass'])
    .asDropdown(true)
    .keepTime(true)
    .includeVars(true),
  new DashboardLinkBuilder('Runbooks')
    .type(DashboardLinkType.Link)
    .icon('doc')
    .tooltip('What to do, alert by alert: docs/runbooks')
    .targetBlank(true)
    .url(`\${runbooks}`),
]
