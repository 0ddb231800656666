import { buildGoTool } from '../install/go-tool'

/** The path of Loki's program; builds it the first time. */
export const findLoki = (): Promise<string> =>
  buildGoTool({
    name: 'loki',
    folder: 'loki',
    program: 'github.com/grafana/loki/v3/cmd/loki',
    variables: { 'github.com/grafana/loki/v3/pkg/util/build.Version': '3.7.8' },
  })
