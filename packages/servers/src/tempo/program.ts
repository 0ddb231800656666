import { buildGoTool } from '../install/go-tool'

/** The path of Tempo's program; builds it the first time. */
export const findTempo = (): Promise<string> =>
  buildGoTool({
    name: 'tempo',
    folder: 'tempo',
    program: 'github.com/grafana/tempo/cmd/tempo',
    variables: { 'main.Version': '2.9.0' },
  })
