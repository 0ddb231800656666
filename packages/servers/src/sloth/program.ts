import { buildGoTool } from '../install/go-tool'

/** The path of Sloth, which makes rules from `slo/*.yaml`; builds it the first time. */
export const findSloth = (): Promise<string> =>
  buildGoTool({
    name: 'sloth',
    folder: 'sloth',
    program: 'github.com/slok/sloth/cmd/sloth',
    variables: { 'github.com/slok/sloth/internal/info.Version': 'v0.16.0' },
  })
