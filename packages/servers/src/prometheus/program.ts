import { buildGoTool } from '../install/go-tool'

// Of the thirty ways to find targets only those that Hourglass is run with: files, DNS, Kubernetes. Half the time to build.
const of = (name: 'prometheus' | 'promtool') =>
  buildGoTool({
    name,
    folder: 'prometheus',
    program: `github.com/prometheus/prometheus/cmd/${name}`,
    tags: ['remove_all_sd', 'enable_dns_sd', 'enable_kubernetes_sd'],
    variables: { 'github.com/prometheus/common/version.Version': '3.16.0' },
  })

/** The path of Prometheus' program; builds it the first time. It has the API, and no pages. */
export const findPrometheus = (): Promise<string> => of('prometheus')

/** The path of promtool, which checks configurations and tests rules. */
export const findPromtool = (): Promise<string> => of('promtool')
